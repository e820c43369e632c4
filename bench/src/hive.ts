import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readSupergraph } from '@gastronom/gateway/composition';
import { sealHeader } from '@gastronom/shared/sealed-call';
import type { ServerProcess } from './server-process.ts';

const ticksPerSecond = 100;

/** User and system time of a process and of those that it has waited for, from Linux' /proc. */
function cpuSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14])) / ticksPerSecond;
}

async function withUrls(subgraphUrls: Record<string, string>): Promise<string> {
  let sdl = await readSupergraph();
  for (const [name, url] of Object.entries(subgraphUrls)) {
    sdl = sdl.replace(new RegExp(`(@join__graph\\(name: "${name}", url: )"[^"]*"`), `$1"${url}"`);
  }
  return sdl;
}

/** Hive Gateway, as npm installed it in a folder outside this workspace, over the same subgraphs. */
export async function startHive(
  folder: string,
  subgraphUrls: Record<string, string>,
  port: number,
): Promise<ServerProcess> {
  const work = await mkdtemp(join(tmpdir(), 'gastronom-hive-'));
  const supergraph = join(work, 'supergraph.graphql');
  const config = join(folder, 'bench.config.mjs');
  await writeFile(supergraph, await withUrls(subgraphUrls));
  await writeFile(
    config,
    `export const gatewayConfig = { propagateHeaders: { fromClientToSubgraphs: ({ request }) => ({ '${sealHeader}': request.headers.get('${sealHeader}') }) } };\n`,
  );
  const bin = join(folder, 'node_modules', '@graphql-hive', 'gateway', 'dist', 'bin.js');
  const child = spawn(
    process.execPath,
    [bin, 'supergraph', supergraph, '--port', String(port), '--config-path', config],
    {
      cwd: folder,
      stdio: 'ignore',
      env: { ...process.env, NODE_ENV: 'production' },
    },
  );
  const url = `http://127.0.0.1:${port}/graphql`;
  for (let waited = 0; waited < 60; waited += 1) {
    if (
      await fetch(`http://127.0.0.1:${port}/readiness`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      break;
    await sleep(500);
  }
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null) throw new Error('Hive Gateway did not start');
  return {
    url,
    cpuSeconds: async () => cpuSecondsOf(pid),
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      await rm(work, { recursive: true, force: true });
    },
  };
}
