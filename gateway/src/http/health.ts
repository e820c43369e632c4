import type { HealthChecks, SubgraphTransport } from '@gastronom/shared/subgraph';
import type { FastifyInstance } from 'fastify';

interface Check {
  readonly status: 'pass' | 'warn' | 'fail';
  readonly componentType: 'component';
  readonly time: string;
  readonly output?: string;
}

const checkOf = (status: Check['status'], output?: string): Check => ({
  status,
  componentType: 'component',
  time: new Date().toISOString(),
  ...(output ? { output } : {}),
});

/** What somebody says of its own parts. */
const named = (name: string, parts: HealthChecks): [string, [Check]][] =>
  Object.entries(parts).map(([part, { status, output }]) => [`${name}:${part}`, [checkOf(status, output)]]);

async function checkAll(transports: ReadonlyMap<string, SubgraphTransport>): Promise<Record<string, [Check]>> {
  const checks = [...transports].map(async ([name, transport]): Promise<[string, [Check]][]> => {
    try {
      await transport.ready();
      return [[`subgraph:${name}`, [checkOf('pass')]], ...named(name, await transport.checks())];
    } catch (error) {
      return [[`subgraph:${name}`, [checkOf('fail', (error as Error).name)]]];
    }
  });
  return Object.fromEntries((await Promise.all(checks)).flat());
}

/** `/livez`: the process runs. `/readyz`: it can serve (subgraphs and their database). `/health`: both, in detail. */
export function serveHealth(
  server: FastifyInstance,
  transports: ReadonlyMap<string, SubgraphTransport>,
  ownChecks: () => HealthChecks,
): void {
  const startedAt = new Date().toISOString();
  const read = async () => {
    const checks = { ...(await checkAll(transports)), ...Object.fromEntries(named('gateway', ownChecks())) };
    const subgraphs = [...transports.keys()].map((name) => checks[`subgraph:${name}`]?.[0].status);
    const failing = subgraphs.filter((status) => status === 'fail').length;
    const healthy = Object.values(checks).every(([check]) => check.status === 'pass');
    const status = failing === transports.size ? 'fail' : healthy ? 'pass' : 'warn';
    return { status, checks } as const;
  };
  server.get('/livez', () => ({ status: 'pass' }));
  server.get('/readyz', async (_request, reply) => {
    // Whether it can serve hangs on the subgraphs alone, not on what they say of their parts.
    const answers = await Promise.allSettled([...transports.values()].map((transport) => transport.ready()));
    const ready = answers.every(({ status }) => status === 'fulfilled');
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'pass' : 'fail' });
  });
  server.get('/health', async (_request, reply) => {
    const { status, checks } = await read();
    return reply
      .code(status === 'fail' ? 503 : 200)
      .type('application/health+json')
      .send(JSON.stringify({ status, serviceId: 'gastronom-gateway', startedAt, checks }));
  });
}
