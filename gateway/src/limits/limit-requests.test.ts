import { requestOptions } from '@gastronom/shared/http-requests';
import { createLogger } from '@gastronom/shared/logger';
import { describe, expect, it, jest } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { limitRequests } from './limit-requests.ts';
import { RateLimits } from './rate-limits.ts';

function server(options: { trustProxy?: string; allowance?: number } = {}) {
  const { allowance = 10, ...rest } = options;
  const logger = createLogger('test', 'silent');
  const warn = jest.fn();
  Object.assign(logger, { warn, child: () => logger });
  const fastify: FastifyInstance = Fastify({ ...requestOptions(logger), ...rest });
  limitRequests(fastify, new RateLimits({ ip: allowance, user: 0, key: 0 }, undefined, logger));
  fastify.get('/', () => 'hello');
  const get = (forwarded?: string) =>
    fastify.inject({ url: '/', headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } });
  return { get, warn };
}

describe('limits behind a proxy', () => {
  it('say once that all callers are one where nobody said that the proxy is to be trusted', async () => {
    const { get, warn } = server();

    await get();
    expect(warn).not.toHaveBeenCalled();
    for (const caller of ['192.0.2.1', '192.0.2.2']) await get(caller);

    expect(warn.mock.calls).toEqual([[expect.stringContaining('TRUST_PROXY')]]);
    expect((await get('192.0.2.3')).headers.ratelimit).toMatch(/^"ip";r=6;/);
  });

  it('tell callers apart where the proxy is trusted', async () => {
    const { get, warn } = server({ trustProxy: '127.0.0.1' });

    for (const caller of ['192.0.2.1', '192.0.2.2'])
      expect((await get(caller)).headers.ratelimit).toMatch(/^"ip";r=9;/);
    expect(warn).not.toHaveBeenCalled();
  });

  it('say nothing where addresses are not limited', async () => {
    const { get, warn } = server({ allowance: 0 });

    expect((await get('192.0.2.1')).headers.ratelimit).toBeUndefined();
    expect(warn).not.toHaveBeenCalled();
  });
});
