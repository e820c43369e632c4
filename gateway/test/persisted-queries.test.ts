import { createLogger } from '@gastronom/shared/logger';
import { connectSharedState, type SharedState } from '@gastronom/shared/redis/shared-state';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sha256 } from '../src/documents/document-reader.ts';
import { PersistedQueries } from '../src/documents/persisted-queries.ts';
import { freePort } from './product-process.ts';
import { hasRedis, type RedisServer, startRedis } from './redis-server.ts';

const logger = createLogger('test', 'silent');
const query = '{ shared: __typename }';

describe('automatic persisted queries', () => {
  it('are kept within a bound: the oldest go', async () => {
    const queries = new PersistedQueries(undefined, logger);
    const texts = Array.from({ length: 80 }, (_, index) => `{ a${index}: __typename } #${'-'.repeat(100_000)}`);

    for (const text of texts) queries.remember(sha256(text), text);

    const found = await Promise.all(texts.map((text) => queries.find(sha256(text))));
    expect(found.filter(Boolean).length).toBeLessThan(50);
    expect(found.at(-1)).toBe(texts.at(-1));
  });

  (hasRedis ? describe : describe.skip)('of replicas that share a Redis', () => {
    let server: RedisServer;
    const states: SharedState[] = [];
    const replica = async () => {
      const state = connectSharedState(server.url, logger, 5_000);
      states.push(state);
      const { redis } = state;
      if (!redis) throw new Error('there is no Redis');
      if (redis.status !== 'ready') await new Promise((resolve) => redis.once('ready', resolve));
      return { redis, queries: new PersistedQueries(redis, logger) };
    };
    beforeAll(async () => {
      server = await startRedis(await freePort());
    });
    afterAll(async () => {
      for (const state of states) await state.close();
      await server.signal('SIGKILL');
    });

    it('are found by all, and taken from nobody else', async () => {
      const [one, other] = [await replica(), await replica()];
      const forged = sha256('{ forged: __typename }');
      await one.redis.set(`gastronom:apq:${forged}`, query);

      one.queries.remember(sha256(query), query);

      // Commands of one connection are done in order: what was remembered is there.
      await one.redis.ping();
      expect(await other.queries.find(sha256(query))).toBe(query);
      expect(await other.queries.find(forged)).toBeUndefined();
      expect(await one.redis.ttl(`gastronom:apq:${sha256(query)}`)).toBeGreaterThan(0);
    });

    it('are known to each by itself while Redis is away', async () => {
      const { queries } = await replica();
      queries.remember(sha256(query), query);
      await server.signal('SIGKILL');

      expect(await queries.find(sha256(query))).toBe(query);
      expect(await queries.find(sha256('{ other: __typename }'))).toBeUndefined();
      queries.remember(sha256('{ late: __typename }'), '{ late: __typename }');
      expect(await queries.find(sha256('{ late: __typename }'))).toBe('{ late: __typename }');
    });
  });
});
