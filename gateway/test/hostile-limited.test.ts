import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDoor, type TestDoor } from './door-harness.ts';

describe('a flood from one address, with rate limits on', () => {
  let door: TestDoor;
  beforeAll(async () => {
    door = await startDoor({ TRUST_PROXY: 'loopback', RATE_LIMIT_IP: '50' });
  });
  afterAll(() => door.stop());

  const ask = (from: string, headers: Record<string, string> = {}) =>
    door.call('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': from, ...headers },
      body: '{"query":"{ __typename }"}',
    });
  const statuses = async (answers: readonly Promise<Response>[]) =>
    new Set((await Promise.all(answers)).map(({ status }) => status));

  it('is stopped there, and nowhere else', async () => {
    const flood = await statuses(Array.from({ length: 200 }, () => ask('203.0.113.7')));
    const refused = await ask('203.0.113.7');
    const neighbour = await ask('198.51.100.9');

    expect(flood).toEqual(new Set([200, 429]));
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(neighbour.status).toBe(200);
    expect((await door.call('/livez')).status).toBe(200);
  });

  it('is not helped by addresses that the flood makes up before its own', async () => {
    const answers = Array.from({ length: 100 }, (_, i) => ask(`192.0.2.${i}, 203.0.113.8`));

    expect(await statuses(answers)).toEqual(new Set([200, 429]));
    expect((await ask('203.0.113.8')).status).toBe(429);
  });
});
