// Plays 1C's exchange with a site: logs in, sends the files of a folder in pieces, asks for their import until it is done, and
// prints what came. Usage: pnpm --filter bench exchange --dir webdata --password … [--url http://localhost:4000]
//   [--user 1c] [--chunk 65536] [--zip] [--encoding windows-1251] [--token "$(pnpm -s manage token --role admin)"]
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { zipSync } from 'fflate';
import iconv from 'iconv-lite';

const { values } = parseArgs({
  options: {
    dir: { type: 'string' },
    url: { type: 'string', default: 'http://localhost:4000' },
    user: { type: 'string', default: '1c' },
    password: { type: 'string' },
    chunk: { type: 'string' },
    zip: { type: 'boolean', default: false },
    encoding: { type: 'string' },
    token: { type: 'string' },
  },
});
const { dir, password, encoding } = values;
if (!dir || !password) throw new Error('--dir and --password are needed');

const origin = values.url.replace(/\/(graphql)?$/, '');
const authorization = `Basic ${Buffer.from(`${values.user}:${password}`).toString('base64')}`;
let cookie = '';

async function say(parameters: Record<string, string>, body?: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const query = new URLSearchParams({ type: 'catalog', ...parameters });
  const response = await fetch(`${origin}/api/v1/integrations/one_c/exchange?${query}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization, ...(cookie ? { cookie } : {}) },
    ...(body ? { body } : {}),
  });
  const lines = (await response.text()).trim().split('\n');
  if (lines[0] === 'failure' || !response.ok) throw new Error(`${query}: ${response.status} ${lines.join(' ')}`);
  return lines;
}

/** The file as 1C would have written it in another encoding. */
function recode(bytes: Buffer): Uint8Array {
  const head = bytes.toString('latin1', 0, 200);
  if (!encoding || !head.includes('<') || /encoding="windows-1251"/i.test(head)) return bytes;
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  return iconv.encode(text.replace(/(<\?xml[^>]*encoding=")[^"]*/, `$1${encoding}`), encoding);
}

async function filesOf(folder: string): Promise<Map<string, Uint8Array>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files = new Map<string, Uint8Array>();
  for (const path of paths.sort()) {
    const bytes = await readFile(path);
    files.set(relative(folder, path).split(sep).join('/'), /\.xml$/i.test(path) ? recode(bytes) : bytes);
  }
  return files;
}

async function upload(name: string, bytes: Uint8Array, size: number): Promise<void> {
  for (let from = 0; from < bytes.length; from += size) {
    await say({ mode: 'file', filename: name }, new Uint8Array(bytes.subarray(from, from + size)));
  }
}

async function importUntilDone(filename: string): Promise<void> {
  const started = performance.now();
  let asked = 0;
  let answer: string[];
  do {
    answer = await say({ mode: 'import', filename });
    asked += 1;
  } while (answer[0] === 'progress');
  const seconds = ((performance.now() - started) / 1000).toFixed(2);
  console.log(`${filename}: ${answer.join(' | ')} (${seconds} s, asked ${asked} times)`);
}

async function ask<Data>(query: string, token?: string): Promise<Data> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: { message: string }[] };
  if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
  return data;
}

interface Run {
  source: string;
  mode: string;
  status: string;
  heldBecause: string | null;
  counts: Record<string, number>;
}

async function tell(token: string | undefined): Promise<void> {
  const { products } = await ask<{ products: { totalCount: number } }>('{ products(first: 0) { totalCount } }');
  console.log(`goods for sale: ${products.totalCount}`);
  if (!token) return;
  const counts = 'received created updated unchanged stale parked rejected hidden zeroed';
  const { oneCExchanges } = await ask<{ oneCExchanges: { nodes: { runs: Run[] }[] } }>(
    `{ oneCExchanges(first: 1) { nodes { runs { source mode status heldBecause counts { ${counts} } } } } }`,
    token,
  );
  for (const { mode, status, heldBecause, counts: came } of oneCExchanges.nodes[0]?.runs ?? []) {
    const said = Object.entries(came).filter(([, count]) => count > 0);
    console.log(
      `${mode} ${status}: ${said.map(([what, count]) => `${count} ${what}`).join(', ')} ${heldBecause ?? ''}`,
    );
  }
}

const files = await filesOf(dir);
const [, name, value] = await say({ mode: 'checkauth' });
cookie = `${name}=${value}`;
const limit = Number((await say({ mode: 'init' })).find((line) => line.startsWith('file_limit='))?.split('=')[1]);
const chunk = Math.min(Number(values.chunk ?? limit), limit);
const started = performance.now();
if (values.zip) await upload('v8_export.zip', zipSync(Object.fromEntries(files)), chunk);
else for (const [file, bytes] of files) await upload(file, bytes, chunk);
const sum = [...files.values()].reduce((total, { length }) => total + length, 0);
console.log(`${files.size} files of ${sum} bytes sent in ${((performance.now() - started) / 1000).toFixed(2)} s`);
for (const file of files.keys()) if (/\.xml$/i.test(file)) await importUntilDone(file);
await tell(values.token);
