import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modes, startTestGraph, type TestGraph } from './harness.ts';

describe.each(modes)('an API key, %s', (mode) => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startTestGraph(mode);
  });
  afterAll(() => graph.stop());

  const asAdmin = async (query: string) => {
    const { data, errors } = await graph.query(query, {}, graph.tokens.admin);
    expect(errors).toBeUndefined();
    return data.answer;
  };
  const make = () =>
    asAdmin(
      `mutation { answer: createServiceKey(input: { name: "till", scopes: ["sync:write"] }) { secret key { id } } }`,
    );
  const statusOf = async (key: string) => (await graph.query('{ syncRuns { nodes { id } } }', {}, key)).status;

  it('that the gateway remembers is refused by the next request once it is revoked', async () => {
    const { secret, key } = await make();
    const before = await statusOf(secret);

    await asAdmin(`mutation { answer: revokeServiceKey(id: "${key.id}") { userErrors { code } } }`);

    expect([before, await statusOf(secret)]).toEqual([200, 401]);
  });

  it('is followed by its successor within the overlap, or at once', async () => {
    const { secret, key } = await make();
    const rotate = (id: string, overlapMinutes: number) =>
      asAdmin(
        `mutation { answer: rotateServiceKey(input: { id: "${id}", overlapMinutes: ${overlapMinutes} }) { secret key { id } } }`,
      );
    await statusOf(secret);

    const second = await rotate(key.id, 5);
    const beside = [await statusOf(secret), await statusOf(second.secret)];
    const third = await rotate(second.key.id, 0);
    const alone = [await statusOf(secret), await statusOf(second.secret), await statusOf(third.secret)];

    expect(beside).toEqual([200, 200]);
    expect(alone).toEqual([200, 401, 200]);
  });
});
