/** What comes of something that others may wait for too, unless the signal is first: then it rejects with its reason. */
export function unlessAborted<Result>(signal: AbortSignal | undefined, shared: Promise<Result>): Promise<Result> {
  if (!signal) return shared;
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason);
    signal.addEventListener('abort', giveUp, { once: true });
    shared.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
    if (signal.aborted) giveUp();
  });
}
