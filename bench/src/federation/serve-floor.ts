// What a gateway cannot do without: `serve-floor.js PORT FILE`, the file telling the answer and the calls to subgraphs
// that one request makes. Each request makes them all at once, reads their answers, and prints its own.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Pool } from 'undici';

export interface FloorOptions {
  readonly answer: unknown;
  readonly calls: readonly { readonly port: number; readonly body: string }[];
}

const [port, file = ''] = process.argv.slice(2);
const { answer, calls } = JSON.parse(readFileSync(file, 'utf8')) as FloorOptions;
const pools = new Map(calls.map((call) => [call.port, new Pool(`http://127.0.0.1:${call.port}`, { connections: 64 })]));
const headers = { 'content-type': 'application/json', accept: 'application/json' };

async function call({ port: to, body }: FloorOptions['calls'][number]): Promise<unknown> {
  const pool = pools.get(to);
  const response = await pool?.request({ path: '/graphql', method: 'POST', headers, body });
  return response?.body.json();
}

createServer(async (request, response) => {
  request.resume();
  await Promise.all(calls.map(call));
  const body = JSON.stringify(answer);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}).listen(Number(port), '127.0.0.1');
