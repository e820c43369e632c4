import { setTimeout as sleep } from 'node:timers/promises';
import { type HttpAnswer, NoAnswer } from './exchange.ts';

/** A replica that stopped or is about to start, a proxy that has nobody behind it: the next try may find another. */
const passingStatuses = new Set([502, 503, 504]);

/** Connections that were not made, or that ended before anything came. */
const passingErrors = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

const mostTries = 3;
/** The longest pause before the second try; it doubles for the third. */
const pauseMs = 50;

export const isPassing = (status: number): boolean => passingStatuses.has(status);

const mayPass = (error: unknown): boolean => error instanceof NoAnswer && !error.begun && passingErrors.has(error.code);

/** Tries again, twice at the most, what changes nothing and failed for a reason that passes. The signal ends it. */
export async function tryAgain(
  attempt: () => Promise<HttpAnswer>,
  signal: AbortSignal,
  onRetry: () => void,
): Promise<HttpAnswer> {
  for (let tries = 1; ; tries++) {
    try {
      const answer = await attempt();
      if (tries === mostTries || !isPassing(answer.status)) return answer;
    } catch (error) {
      if (tries === mostTries || !mayPass(error)) throw error;
    }
    // At random, so that those who failed together do not come back together.
    await sleep(Math.random() * pauseMs * tries, undefined, { signal }).catch(() => {
      throw signal.reason;
    });
    onRetry();
  }
}
