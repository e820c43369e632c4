import { SingleBar } from 'cli-progress';

/** How far a sync has come, shown to whoever waits for it. */
export interface Progress {
  update(bytes: number, rows: number): void;
  /** Something worth a line of its own. */
  say(line: string): void;
  stop(): void;
}

const seconds = (since: number) => (performance.now() - since) / 1000;
const rate = (rows: number, since: number) => Math.round(rows / Math.max(seconds(since), 0.001));
const number = (value: number) => value.toLocaleString('en');

function barProgress(stream: NodeJS.WriteStream, totalBytes: number): Progress {
  const started = performance.now();
  const format = '{bar} {percentage} % | {rows} rows | {rate} rows/s | {eta_formatted} left';
  const bar = new SingleBar({ stream, format, hideCursor: true, clearOnComplete: true, etaBuffer: 50 });
  bar.start(totalBytes, 0, { rows: '0', rate: '0' });
  return {
    update: (bytes, rows) => bar.update(bytes, { rows: number(rows), rate: number(rate(rows, started)) }),
    say(line) {
      // Above the bar, which draws itself anew at its next update.
      stream.write(`\r\x1b[K${line}\n`);
    },
    stop: () => bar.stop(),
  };
}

const lineEveryMilliseconds = 5_000;

function lineProgress(stream: NodeJS.WritableStream, totalBytes: number): Progress {
  const started = performance.now();
  let last = started;
  return {
    update(bytes, rows) {
      if (performance.now() - last < lineEveryMilliseconds) return;
      last = performance.now();
      const share = Math.floor((100 * bytes) / Math.max(totalBytes, 1));
      stream.write(`${share} %, ${number(rows)} rows, ${number(rate(rows, started))} rows/s\n`);
    },
    say: (line) => stream.write(`${line}\n`),
    stop: () => undefined,
  };
}

/** A bar where a person looks on, a line every few seconds where a log does. */
export const showProgress = (stream: NodeJS.WriteStream, totalBytes: number): Progress =>
  stream.isTTY ? barProgress(stream, totalBytes) : lineProgress(stream, totalBytes);
