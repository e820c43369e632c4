// Gateways over the four subgraphs of the federation field's public benchmark, interleaved: ours in its forms, stock
// Apollo, and, with --peers DIR (installed there the first time), Hive Gateway and Grafbase; then what none can be below.
// Each has to give the expected answer before it is measured. Processor time is the gateway's own, from /proc.
// Usage: pnpm --filter bench gateway [--peers DIR] [--seconds 5] [--rounds 3] [--connections 16] [--operation deep]
//        [--only own,grafbase,floor] [--warm 1500] [--profile DIR]
// With --profile, one more round of each gateway in Node is watched: DIR/NAME.cpuprofile, for `pnpm --filter bench profile`.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { type Contestant, contestants, floor, type Stage, startSubgraphs } from './federation/contestants.ts';
import { operations } from './federation/operations.ts';
import { expectedAnswer, supergraphOf } from './federation/supergraph.ts';
import { Inspector } from './inspector.ts';
import { load, warmUp } from './load.ts';
import { fixed, median } from './measure.ts';
import { freePort, type Program } from './program.ts';

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '16' },
    warm: { type: 'string', default: '1500' },
    operation: { type: 'string', default: operations.map(({ name }) => name).join(',') },
    only: { type: 'string' },
    peers: { type: 'string' },
    profile: { type: 'string' },
  },
});

interface Entrant extends Contestant {
  readonly url: string;
  readonly program: Program;
  /** Where its inspector listens. */
  readonly inspected?: number | undefined;
}

interface Round {
  readonly perSecond: number;
  /** Processor seconds of the gateway for 1,000 requests. */
  readonly cpu: number;
  readonly p99: number;
}

const connections = Number(values.connections);
const chosen = values.only?.split(',');
const isChosen = ({ name, foreign }: Contestant): boolean =>
  (chosen ? chosen.includes(name) : true) && (!foreign || values.peers !== undefined);

async function enter(contestant: Contestant, stage: Stage): Promise<Entrant> {
  const port = await freePort();
  const inspected = values.profile === undefined ? undefined : await freePort();
  if (inspected) process.env.NODE_OPTIONS = `--inspect-port=127.0.0.1:${inspected}`;
  const program = await contestant.start(stage, port);
  delete process.env.NODE_OPTIONS;
  return { ...contestant, program, inspected, url: `http://127.0.0.1:${port}/graphql` };
}

async function answerOf(url: string, query: string): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return response.json();
}

/** A gateway that is quick and wrong would win. */
async function check({ name, url }: Entrant, query: string, expected: unknown): Promise<void> {
  const answer = await answerOf(url, query);
  if (isDeepStrictEqual(answer, expected)) return;
  throw new Error(`${name} answers something else: ${JSON.stringify(answer).slice(0, 500)}`);
}

async function round({ url, program }: Entrant, query: string): Promise<Round> {
  const before = await program.cpuSeconds();
  const result = await load({ url, bodies: [JSON.stringify({ query })], seconds: Number(values.seconds), connections });
  const used = (await program.cpuSeconds()) - before;
  return { perSecond: result.requests.average, cpu: (used / result['2xx']) * 1_000, p99: result.latency.p99 };
}

/** The calls that a gateway makes for one request, as the subgraphs saw them. */
async function callsOf({ url }: Entrant, subgraph: string, query: string) {
  await fetch(new URL('/record', subgraph));
  await answerOf(url, query);
  return (await fetch(new URL('/calls', subgraph))).json() as Promise<{ port: number; body: string }[]>;
}

async function floors(entrants: readonly Entrant[], stage: Stage, query: string): Promise<Entrant[]> {
  if (chosen && !chosen.includes('floor')) return [];
  const answer = await expectedAnswer(query);
  const bare = { name: 'floor', says: 'floor: prints the answer', start: floor({ answer, calls: [] }) };
  const all = [await enter(bare, stage)];
  for (const entrant of entrants.filter(({ name }) => ['own', 'stock', 'grafbase', 'hive-rust'].includes(name))) {
    const calls = await callsOf(entrant, stage.urls.accounts, query);
    const says = `floor: the ${calls.length} calls of ${entrant.name}`;
    all.push(await enter({ name: `floor-${entrant.name}`, says, start: floor({ answer, calls }) }, stage));
  }
  return all;
}

/** Watches where one more round's time goes. */
async function profile(entrant: Entrant, query: string, operation: string): Promise<void> {
  const inspector = await Inspector.open(entrant.program.pid, entrant.inspected ?? 0);
  await inspector.ask('Profiler.enable');
  await inspector.ask('Profiler.setSamplingInterval', { interval: 500 });
  await inspector.ask('Profiler.start');
  await round(entrant, query);
  const { profile: told } = await inspector.ask<{ profile: object }>('Profiler.stop');
  inspector.close();
  const to = resolve(process.env.INIT_CWD ?? '.', values.profile ?? '');
  await mkdir(to, { recursive: true });
  await writeFile(join(to, `${entrant.name}-${operation}.cpuprofile`), JSON.stringify(told));
}

async function measure(query: string, entrants: readonly Entrant[]): Promise<Map<string, Round[]>> {
  const expected = JSON.parse(JSON.stringify(await expectedAnswer(query)));
  const bodies = [JSON.stringify({ query })];
  for (const entrant of entrants) {
    await check(entrant, query, expected);
    await warmUp({ url: entrant.url, bodies, connections }, Number(values.warm));
  }
  const rounds = new Map<string, Round[]>(entrants.map(({ name }) => [name, []]));
  for (let index = 0; index < Number(values.rounds); index += 1)
    for (const entrant of entrants) rounds.get(entrant.name)?.push(await round(entrant, query));
  return rounds;
}

function print(name: string, entrants: readonly Entrant[], rounds: ReadonlyMap<string, readonly Round[]>): void {
  console.log(
    `\n${name}: ${connections} connections, medians of ${values.rounds} interleaved rounds of ${values.seconds} s`,
  );
  for (const entrant of entrants) {
    const of = (figure: keyof Round) => median((rounds.get(entrant.name) ?? []).map((one) => one[figure]));
    console.log(
      `${entrant.says.padEnd(36)} ${fixed(of('perSecond'), 0).padStart(7)} req/s  ${fixed(of('cpu'), 3).padStart(7)} CPU s/1,000  p99 ${fixed(of('p99'), 0).padStart(4)} ms`,
    );
  }
}

const folder = await mkdtemp(join(tmpdir(), 'gastronom-gateways-'));
const subgraphs = await startSubgraphs();
const stage: Stage = {
  folder,
  supergraph: join(folder, 'supergraph.graphql'),
  urls: subgraphs.urls,
  peers: values.peers,
};
await writeFile(stage.supergraph, supergraphOf(subgraphs.urls));
const gateways: Entrant[] = [];
for (const contestant of contestants.filter(isChosen)) gateways.push(await enter(contestant, stage));

for (const { name, query } of operations.filter((operation) => values.operation.split(',').includes(operation.name))) {
  const below = await floors(gateways, stage, query);
  const entrants = [...gateways, ...below];
  print(name, entrants, await measure(query, entrants));
  if (values.profile)
    for (const entrant of gateways.filter((each) => !each.name.startsWith('grafbase')))
      await profile(entrant, query, name);
  await Promise.all(below.map(({ program }) => program.stop()));
}

await Promise.all([...gateways.map(({ program }) => program.stop()), subgraphs.program.stop()]);
await rm(folder, { recursive: true, force: true });
