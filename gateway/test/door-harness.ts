import { connect } from 'node:net';
import { createLogger } from '@gastronom/shared/logger';
import type { RestRequest, SubgraphRequest, SubgraphTransport } from '@gastronom/shared/subgraph';
import { fakeSubgraph } from '@gastronom/shared/testing/fake-subgraph';
import { readGatewaySettings } from '../src/env.ts';
import { startGateway } from '../src/gateway.ts';
import { fleetOf } from '../src/subgraph-fleet.ts';

export interface TestDoor {
  readonly origin: string;
  readonly port: number;
  /** What reached the subgraphs: REST requests, and the contexts of these and of operations. */
  readonly seen: { request?: RestRequest; context: SubgraphRequest }[];
  /** A request to a path, as fetch makes it, that follows no redirect. */
  call(path: string, init?: RequestInit): Promise<Response>;
  stop(): Promise<void>;
}

const names = ['accounts', 'catalog', 'inventory', 'integrations', 'suppliers', 'orders', 'price-tracking'];

/** The public door before subgraphs that a test plays: each answers nothing to operations, and 200 to REST requests. */
export async function startDoor(
  variables: NodeJS.ProcessEnv = {},
  play: Partial<SubgraphTransport> = {},
): Promise<TestDoor> {
  const seen: TestDoor['seen'] = [];
  const played = fakeSubgraph(
    async (_operation, context) => {
      seen.push({ context });
      return { data: { me: null } };
    },
    {
      rest: async (request, context) => {
        seen.push({ request, context });
        return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from('{"ok":true}') };
      },
      ...play,
    },
  );
  const settings = readGatewaySettings({ ...process.env, PORT: '0', ENVIRONMENT: 'test', ...variables });
  const fleet = fleetOf(new Map(names.map((name) => [name, played])));
  const gateway = await startGateway(fleet, settings, createLogger('test', settings.LOG_LEVEL ?? 'silent'));
  return {
    origin: gateway.url,
    port: Number(new URL(gateway.url).port),
    seen,
    call: (path, init) => fetch(`${gateway.url}${path}`, { redirect: 'manual', ...init }),
    stop: () => gateway.stop(),
  };
}

/** A step of a raw conversation: bytes to send, or what to wait for before going on. */
export type Step = string | Uint8Array | (() => Promise<unknown>);

/**
 * Speaks to a port as it likes, and hears until the other side ends, or `until` has come.
 * @returns all that was heard, in latin1.
 */
export async function speak(port: number, steps: readonly Step[], until?: RegExp): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let heard = '';
  const ended = new Promise<void>((resolve) => {
    socket.on('close', () => resolve());
    // That the other side breaks off is an answer too.
    socket.on('error', () => resolve());
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1');
      if (until?.test(heard)) resolve();
    });
  });
  for (const step of steps) {
    if (socket.destroyed || socket.readableEnded) break;
    if (typeof step === 'function') await step();
    else if (socket.writable) socket.write(step);
  }
  await ended;
  socket.destroy();
  return heard;
}

/** The JSON of the first answer that was heard. */
// biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
export function heardJson(heard: string): any {
  return JSON.parse(heard.slice(heard.indexOf('\r\n\r\n') + 4));
}

export const statusOf = (heard: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(heard)?.[1] ?? 0);
