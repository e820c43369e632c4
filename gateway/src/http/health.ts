import type { SubgraphTransport } from '@gastronom/shared/subgraph';
import type { FastifyInstance } from 'fastify';

interface Check {
  readonly status: 'pass' | 'fail';
  readonly componentType: 'component';
  readonly time: string;
  readonly output?: string;
}

async function checkAll(transports: ReadonlyMap<string, SubgraphTransport>): Promise<Record<string, [Check]>> {
  const checks = [...transports].map(async ([name, transport]): Promise<[string, [Check]]> => {
    const failure = await transport.ready().then(
      () => undefined,
      (error: Error) => error.name,
    );
    const check: Check = {
      status: failure ? 'fail' : 'pass',
      componentType: 'component',
      time: new Date().toISOString(),
      ...(failure ? { output: failure } : {}),
    };
    return [`subgraph:${name}`, [check]];
  });
  return Object.fromEntries(await Promise.all(checks));
}

/** `/livez`: the process runs. `/readyz`: it can serve (subgraphs and their database). `/health`: both, in detail. */
export function serveHealth(server: FastifyInstance, transports: ReadonlyMap<string, SubgraphTransport>): void {
  const startedAt = new Date().toISOString();
  const read = async () => {
    const checks = await checkAll(transports);
    const failing = Object.values(checks).filter(([check]) => check.status === 'fail').length;
    const status = failing === 0 ? 'pass' : failing === transports.size ? 'fail' : 'warn';
    return { status, checks } as const;
  };
  server.get('/livez', () => ({ status: 'pass' }));
  server.get('/readyz', async (_request, reply) => {
    const { status } = await read();
    return reply.code(status === 'pass' ? 200 : 503).send({ status: status === 'pass' ? 'pass' : 'fail' });
  });
  server.get('/health', async (_request, reply) => {
    const { status, checks } = await read();
    return reply
      .code(status === 'fail' ? 503 : 200)
      .type('application/health+json')
      .send(JSON.stringify({ status, serviceId: 'gastronom-gateway', startedAt, checks }));
  });
}
