import type { DomainError } from '@gastronom/shared/domain-error';

/** Waits for work until a signal ends the wait, with the signal's reason. The work itself is not told. */
export function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    const leave = () => signal.removeEventListener('abort', giveUp);
    work.then(
      (result) => {
        leave();
        resolve(result);
      },
      (error: unknown) => {
        leave();
        reject(error);
      },
    );
  });
}

/**
 * Does work within a time, and within the time of what it is a part of. Whoever can stop early gets the signal; whoever
 * cannot is left behind.
 */
export async function within<Result>(
  milliseconds: number,
  late: () => DomainError,
  whole: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  whole?.throwIfAborted();
  const part = new AbortController();
  const timer = setTimeout(() => part.abort(late()), milliseconds);
  const follow = () => part.abort(whole?.reason);
  whole?.addEventListener('abort', follow, { once: true });
  try {
    return await untilAborted(work(part.signal), part.signal);
  } finally {
    clearTimeout(timer);
    whole?.removeEventListener('abort', follow);
  }
}
