import { DomainError } from '@gastronom/shared/domain-error';
import type { FastifyReply } from 'fastify';

/** The time of one request: over when it has taken too long, or when its client has left. */
export function followTime(reply: FastifyReply, timeoutMs: number): { signal: AbortSignal; end(): void } {
  const over = new AbortController();
  const timer = setTimeout(
    () =>
      over.abort(
        new DomainError(
          'OPERATION_TIMEOUT',
          `The operation took longer than ${timeoutMs} ms. What it was to change may have been changed.`,
        ),
      ),
    timeoutMs,
  );
  const leave = () => over.abort(new DomainError('OPERATION_TIMEOUT', 'The client did not wait for the answer.'));
  reply.raw.once('close', leave);
  return {
    signal: over.signal,
    end() {
      clearTimeout(timer);
      reply.raw.off('close', leave);
    },
  };
}
