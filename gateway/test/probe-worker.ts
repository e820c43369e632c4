import { request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

/** What the test wants asked, again and again, from a thread of its own so that the attack does not slow the clock. */
const { url, body, pauseMs, timeoutMs } = workerData as {
  url: string;
  body: string;
  pauseMs: number;
  timeoutMs: number;
};

/** One healthy request on a connection of its own: how long it took, or why it failed. */
function probe(): Promise<number | string> {
  return new Promise((resolve) => {
    const began = performance.now();
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const asked = request(url, { method: 'POST', agent: false, headers, timeout: timeoutMs }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        const healthy = response.statusCode === 200 && text.startsWith('{"data"') && !text.includes('"errors"');
        resolve(healthy ? performance.now() - began : `${response.statusCode} ${text.slice(0, 200)}`);
      });
    });
    asked.on('timeout', () => asked.destroy(new Error(`no answer within ${timeoutMs} ms`)));
    asked.on('error', (error) => resolve(error.message));
    asked.end(body);
  });
}

parentPort?.on('message', async ({ until }: { until: SharedArrayBuffer }) => {
  const stopped = new Int32Array(until);
  const milliseconds: number[] = [];
  const failures: string[] = [];
  while (Atomics.load(stopped, 0) === 0) {
    const outcome = await probe();
    if (typeof outcome === 'number') milliseconds.push(outcome);
    else failures.push(outcome);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  parentPort?.postMessage({ milliseconds, failures });
});
