import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Program, startProgram } from './program.ts';

/** Gateways of others, as npm has them. They are no dependencies of ours: who wants to compare installs them by `--peers DIR`. */
const versions = {
  '@graphql-hive/gateway': '2.15.1',
  '@graphql-hive/router-runtime': '1.4.23',
  '@grafbase/cli-x86_64-unknown-linux-musl': '0.103.0',
};
/** Hive's newest asks for a version of this that not every registry has. */
const overrides = { '@graphql-tools/batch-execute': '10.2.0' };

export const versionOf = (name: keyof typeof versions): string => versions[name];

/** The folder with the peers in it, installed the first time; `given` as the user means it. */
export async function installPeers(given: string): Promise<string> {
  const folder = resolve(process.env.INIT_CWD ?? '.', given);
  const whole = Object.keys(versions).every((name) => existsSync(join(folder, 'node_modules', name)));
  if (whole) return folder;
  await mkdir(folder, { recursive: true });
  const manifest = { name: 'peers', private: true, dependencies: versions, overrides };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  await promisify(execFile)('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });
  return folder;
}

export interface HiveOptions {
  readonly peers: string;
  readonly supergraph: string;
  readonly port: number;
  /** Where its settings are written. */
  readonly folder: string;
  readonly rust?: boolean;
  /** Whether equal subgraph requests in flight are made once: its default. */
  readonly shares?: boolean;
  /** A header of the client's that subgraphs are to see. */
  readonly handsOn?: string;
}

function hiveConfig({ peers, rust = false, shares = true, handsOn }: HiveOptions): string {
  const runtime = join(peers, 'node_modules', '@graphql-hive', 'router-runtime', 'dist', 'index.js');
  const lines = [
    rust ? 'unifiedGraphHandler,' : '',
    shares ? '' : "transportEntries: { '*.http': { options: { deduplicateInflightRequests: false } } },",
    handsOn
      ? `propagateHeaders: { fromClientToSubgraphs: ({ request }) => ({ '${handsOn}': request.headers.get('${handsOn}') }) },`
      : '',
  ];
  const imports = rust ? `import { unifiedGraphHandler } from '${runtime}';\n` : '';
  return `${imports}export const gatewayConfig = {\n${lines.join('\n')}\n};\n`;
}

/** Hive Gateway, with its planner in JavaScript or its runtime in Rust. */
export async function startHive(options: HiveOptions): Promise<Program> {
  const { peers, supergraph, port, folder } = options;
  const config = join(folder, `hive-${port}.config.mjs`);
  await writeFile(config, hiveConfig(options));
  const bin = join(peers, 'node_modules', '@graphql-hive', 'gateway', 'dist', 'bin.js');
  return startProgram({
    command: process.execPath,
    args: [bin, 'supergraph', supergraph, '--port', String(port), '--config-path', config],
    env: { LOG_LEVEL: 'error' },
    folder: peers,
    ready: `http://127.0.0.1:${port}/readiness`,
  });
}

export interface GrafbaseOptions {
  readonly peers: string;
  readonly port: number;
  readonly folder: string;
  readonly subgraphs: readonly { readonly name: string; readonly url: string; readonly sdl: string }[];
  readonly shares?: boolean;
}

/** Grafbase's gateway, native, as its command line starts it. It composes the subgraphs itself. */
export async function startGrafbase({
  peers,
  port,
  folder,
  subgraphs,
  shares = true,
}: GrafbaseOptions): Promise<Program> {
  const home = join(folder, `grafbase-${port}`);
  await mkdir(home, { recursive: true });
  const lines = shares ? [] : ['[traffic_shaping]', 'inflight_deduplication = false'];
  for (const { name, url, sdl } of subgraphs) {
    await writeFile(join(home, `${name}.graphql`), sdl);
    lines.push(`[subgraphs.${name}]`, `url = "${url}"`, `schema_path = "${name}.graphql"`);
  }
  await writeFile(join(home, 'grafbase.toml'), lines.join('\n'));
  return startProgram({
    command: join(peers, 'node_modules', '@grafbase', 'cli-x86_64-unknown-linux-musl', 'grafbase'),
    args: ['--home', home, 'dev', '--config', 'grafbase.toml', '--port', String(port)],
    folder: home,
    ready: `http://127.0.0.1:${port}/graphql`,
  });
}
