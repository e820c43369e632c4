import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nothingShared } from '../nothing-shared.ts';
import { installPeers, startGrafbase, startHive } from '../peers.ts';
import { freePort, type Program, startProgram } from '../program.ts';
import type { FloorOptions } from './serve-floor.ts';
import { type FederationSubgraph, subgraphNames, typeDefs } from './subgraphs.ts';

/** What every contestant stands on. */
export interface Stage {
  /** For what is written while it is measured. */
  readonly folder: string;
  readonly supergraph: string;
  readonly urls: Readonly<Record<FederationSubgraph, string>>;
  readonly peers?: string | undefined;
}

export type Start = (stage: Stage, port: number) => Promise<Program>;

/** A gateway under measurement. */
export interface Contestant {
  readonly name: string;
  readonly says: string;
  /** Whether it comes out of the folder of peers. */
  readonly foreign?: boolean;
  readonly start: Start;
}

const compiled = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** A program of this folder; all of them take their port first. */
export const startOwn = (
  file: string,
  port: number,
  more: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<Program> =>
  startProgram({
    command: process.execPath,
    args: [compiled(file), String(port), ...more],
    env,
    ready: `http://127.0.0.1:${port}/graphql`,
  });

const gatewayProgram = fileURLToPath(import.meta.resolve('@gastronom/gateway/supergraph-mode/main'));

const remote =
  (env: Readonly<Record<string, string>>): Start =>
  ({ supergraph }, port) =>
    startProgram({
      command: process.execPath,
      args: [gatewayProgram, '--supergraph', supergraph, '--port', String(port)],
      env: { LOG_LEVEL: 'error', ...env },
      ready: `http://127.0.0.1:${port}/livez`,
    });

const inProcess =
  (env: Readonly<Record<string, string>>): Start =>
  (_, port) =>
    startOwn('serve-in-process.js', port, [], { LOG_LEVEL: 'error', ...env });

const stock: Start = ({ supergraph }, port) => startOwn('serve-stock.js', port, [supergraph]);

const hive =
  (options: { rust?: boolean; shares?: boolean }): Start =>
  async ({ peers = '', supergraph, folder }, port) =>
    startHive({ ...options, peers: await installPeers(peers), supergraph, folder, port });

const grafbase =
  (shares: boolean): Start =>
  async ({ peers = '', urls, folder }, port) => {
    const subgraphs = subgraphNames.map((name) => ({ name, url: urls[name], sdl: typeDefs[name] }));
    return startGrafbase({ peers: await installPeers(peers), port, folder, shares, subgraphs });
  };

const foreign = true;

/** In the order in which they take their turns. */
export const contestants: readonly Contestant[] = [
  { name: 'own', says: 'ours, remote subgraphs', start: remote({ ...nothingShared, PLANNER: 'hive' }) },
  { name: 'own-apollo-plan', says: "ours, Apollo's planner", start: remote({ ...nothingShared, PLANNER: 'apollo' }) },
  { name: 'own-apollo', says: "ours, Apollo's executor", start: remote({ ...nothingShared, EXECUTOR: 'apollo' }) },
  { name: 'own-in-process', says: 'ours, subgraphs in process', start: inProcess(nothingShared) },
  { name: 'stock', says: 'stock Apollo gateway and server', start: stock },
  { name: 'hive', says: 'Hive Gateway, JavaScript', foreign, start: hive({ shares: false }) },
  { name: 'hive-rust', says: 'Hive Gateway, Rust runtime', foreign, start: hive({ rust: true, shares: false }) },
  { name: 'grafbase', says: 'Grafbase, native', foreign, start: grafbase(false) },
  { name: 'own-shared', says: 'ours, as it comes', start: remote({}) },
  { name: 'own-in-process-shared', says: 'ours, in process, as it comes', start: inProcess({}) },
  { name: 'hive-shared', says: 'Hive, JavaScript, as it comes', foreign, start: hive({}) },
  { name: 'hive-rust-shared', says: 'Hive, Rust runtime, as it comes', foreign, start: hive({ rust: true }) },
  { name: 'grafbase-shared', says: 'Grafbase, as it comes', foreign, start: grafbase(true) },
];

/** What no gateway can be below: only printing the answer, or that and asking the subgraphs as a gateway does. */
export const floor =
  (options: FloorOptions): Start =>
  async ({ folder }, port) => {
    const file = join(folder, `floor-${port}.json`);
    await writeFile(file, JSON.stringify(options));
    return startOwn('serve-floor.js', port, [file]);
  };

/** Four ports for four subgraphs, and the program that serves them. */
export async function startSubgraphs(): Promise<{ program: Program; urls: Stage['urls'] }> {
  const ports = [await freePort(), await freePort(), await freePort(), await freePort()];
  const program = await startOwn('serve-subgraphs.js', ports[0] ?? 0, ports.slice(1).map(String));
  const urls = Object.fromEntries(
    subgraphNames.map((name, index) => [name, `http://127.0.0.1:${ports[index]}/graphql`]),
  ) as Record<FederationSubgraph, string>;
  return { program, urls };
}
