import { once } from 'node:events';
import { connect } from 'node:net';
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

  it('waits for no connection on which nothing was asked', async () => {
    const graph = await startTestGraph('one process', {
      HEADERS_TIMEOUT_SECONDS: '600',
      REQUEST_TIMEOUT_SECONDS: '600',
    });
    const spare = connect(Number(new URL(graph.url).port), '127.0.0.1');
    await once(spare, 'connect');
    await graph.query('{ __typename }');

    const closed = once(spare, 'close');
    await graph.stop();

    await closed;
  });
});
