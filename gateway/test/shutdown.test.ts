import { fakeSubgraph } from '@gastronom/shared/testing/fake-subgraph';
import { describe, expect, it } from '@jest/globals';
import { startTestGraph } from './harness.ts';

describe('a graceful stop', () => {
  it('finishes the requests in flight and refuses new ones', async () => {
    const graph = await startTestGraph();
    let release: () => void = () => undefined;
    let arrived: () => void = () => undefined;
    const inFlight = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = fakeSubgraph(async () => {
      arrived();
      await held;
      return { data: { me: null } };
    });
    graph.broken.set('accounts', slow);
    const answer = graph.query('{ me { id } }');
    await inFlight;

    const stopped = graph.stop();
    const refused = await fetch(graph.url, { method: 'POST', body: '{}' }).then(
      (response) => response.status,
      () => 'refused',
    );
    release();

    expect(['refused', 503]).toContain(refused);
    expect(await answer).toMatchObject({ status: 200, data: { me: null } });
    await stopped;
  });
});
