/** A signal that fires with another, or when a time is over. It is to be ended: a timer that nobody needs costs. */
export interface TimeLimit {
  readonly signal: AbortSignal;
  readonly isOver: boolean;
  end(): void;
}

const longestTimer = 2_147_483_647;

export function limitTime(ms: number, wished: AbortSignal, reason: () => Error): TimeLimit {
  const either = new AbortController();
  const limit = { signal: either.signal, isOver: false, end };
  const timer = setTimeout(
    () => {
      limit.isOver = true;
      either.abort(reason());
    },
    Math.min(Math.max(0, ms), longestTimer),
  );
  const give = () => either.abort(wished.reason);
  function end() {
    clearTimeout(timer);
    wished.removeEventListener('abort', give);
  }
  wished.addEventListener('abort', give, { once: true });
  if (wished.aborted) give();
  return limit;
}
