// Pictures through the public door: new ones, known ones, and how fast they are shown.
// Usage: pnpm --filter bench images [--pictures 1000] [--senders 4]
import { createHash, randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import pg from 'pg';
import sharp from 'sharp';
import { startDatabase, startGraph } from './graph.ts';
import { fixed, secondsOf } from './measure.ts';

const { values } = parseArgs({
  options: { pictures: { type: 'string', default: '1000' }, senders: { type: 'string', default: '4' } },
});
const count = Number(values.pictures);

/** A photograph of some 200 kB, as far as its pixels go. */
async function photograph(): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
  const create = { width: 1_400, height: 1_050, channels: 3, background: '#888', noise } as const;
  return sharp({ create }).blur(1.2).jpeg({ quality: 82 }).toBuffer();
}

/** The same picture under another hash, by a remark behind its first two bytes. */
function variation(picture: Buffer): Buffer {
  const remark = Buffer.from(randomUUID());
  const frame = Buffer.from([0xff, 0xfe, 0, remark.length + 2]);
  return Buffer.concat([picture.subarray(0, 2), frame, remark, picture.subarray(2)]);
}

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

const database = await startDatabase();
process.env.IMAGE_DIR = `${database.dataDir}/images`;
const graph = await startGraph(database);
const base = await photograph();
const pictures = Array.from({ length: count }, () => variation(base));
const hashes = pictures.map(hashOf);
const headers = { authorization: `Bearer ${graph.key}` };
const address = (path: string) => graph.url.replace('/graphql', path);

/** So many at a time. */
async function inParallel(work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const sender = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: Number(values.senders) }, sender));
}

async function expectStatus(wanted: number, path: string, init: RequestInit): Promise<void> {
  const response = await fetch(address(path), { headers, ...init });
  await response.arrayBuffer();
  if (response.status !== wanted) throw new Error(`${init.method} ${path}: HTTP ${response.status}`);
}

const uploads = '/api/v1/integrations/images';

/** Tells of one piece of work: its time, and what it took of a processor (ours, the sender's part included). */
async function tell(what: string, work: () => Promise<number>): Promise<void> {
  const cpu = process.cpuUsage();
  let done = 0;
  const seconds = await secondsOf(async () => {
    done = await work();
  });
  const { user, system } = process.cpuUsage(cpu);
  const each = (user + system) / 1_000 / Math.max(done, 1);
  console.log(
    `${what.padEnd(36)} ${done} in ${fixed(seconds)} s, ${fixed(done / seconds, 1)}/s, ${fixed(each)} ms of a core each`,
  );
}

console.log(`${count} pictures of ${Math.round(base.length / 1_000)} kB, ${values.senders} senders`);
const all = async (work: (n: number) => Promise<void>) => {
  await inParallel(work);
  return count;
};
const ask = (status: number) => () => all((n) => expectStatus(status, `${uploads}/${hashes[n]}`, { method: 'HEAD' }));
const send = (status: number) => () =>
  all((n) => expectStatus(status, uploads, { method: 'POST', body: new Uint8Array(pictures[n] ?? []) }));
await tell('asked for, not known', ask(404));
await tell('sent, while variants are made', send(201));
await tell('asked for, known', ask(200));
await tell('sent again', send(200));

const client = new pg.Client({ connectionString: database.url });
await client.connect();
async function made(): Promise<number> {
  const { rows } = await client.query('SELECT count(variants_made_at)::int AS made FROM integrations.images');
  return rows[0].made;
}
await tell('six variants of a picture, one worker', async () => {
  const before = await made();
  await new Promise((resolve) => setTimeout(resolve, 20_000));
  return (await made()) - before;
});
await client.end();

for (const path of [`/images/${hashes[0]}`, `/images/${hashes[0]}/320.webp`]) {
  const wish = { accept: 'image/avif,image/webp,*/*' };
  const size = (await (await fetch(address(path), { headers: wish })).arrayBuffer()).byteLength;
  await tell(`shown, of ${Math.round(size / 1_000)} kB`, async () => {
    const { requests } = await autocannon({ url: address(path), connections: 10, duration: 5, headers: wish });
    return requests.total;
  });
}
await graph.stop();
await database.stop();
