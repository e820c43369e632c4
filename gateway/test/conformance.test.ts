import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { startTestGraph, type TestGraph } from './harness.ts';

/**
 * Audits of what a server MAY do, which ours does not do for a client that sends no header of its own: a query by GET
 * could come from any page (CSRF). With `apollo-require-preflight` it is answered, and the audits pass.
 */
const refusedWithoutHeader = ['5A70', 'D6D5', '6A70'];

describe('GraphQL over HTTP', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startTestGraph();
  });
  afterAll(() => graph.stop());

  const audits = serverAudits({ url: () => graph.url });
  const demanded = audits.filter(({ name }) => !name.startsWith('MAY'));
  const optional = audits.filter(({ name }) => name.startsWith('MAY'));
  const resultOf = async (audit: (typeof audits)[number]) => {
    const result = await audit.fn();
    return result.status === 'ok' ? 'ok' : result.reason;
  };

  it('is audited in full', () => {
    expect(demanded.length).toBeGreaterThan(30);
    expect(optional.length).toBeGreaterThan(20);
  });

  it.each(demanded.map((audit) => [`${audit.id} ${audit.name}`, audit] as const))('%s', async (_name, audit) => {
    expect(await resultOf(audit)).toBe('ok');
  });

  it.each(
    optional
      .filter(({ id }) => !refusedWithoutHeader.includes(id))
      .map((audit) => [`${audit.id} ${audit.name}`, audit] as const),
  )('%s', async (_name, audit) => {
    expect(await resultOf(audit)).toBe('ok');
  });

  it('refuses by CSRF prevention what else it may accept, and accepts it with a header that asks first', async () => {
    const withHeader = serverAudits({
      url: () => graph.url,
      fetchFn: (url: string, init: RequestInit = {}) =>
        fetch(url, { ...init, headers: { ...init.headers, 'apollo-require-preflight': 'true' } }),
    });

    for (const id of refusedWithoutHeader) {
      const [plain, asking] = [audits, withHeader].map((all) => all.find((audit) => audit.id === id));
      if (!plain || !asking) throw new Error(`there is no audit ${id}`);
      expect([id, await resultOf(plain)]).not.toEqual([id, 'ok']);
      expect([id, await resultOf(asking)]).toEqual([id, 'ok']);
    }
  });
});
