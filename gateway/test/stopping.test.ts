import { describe, expect, it } from '@jest/globals';
import { heardJson, speak, startDoor, statusOf } from './door-harness.ts';
import { openStream } from './live-harness.ts';

describe('a server that stops', () => {
  it('ends what it has begun, and sends those who come late to try again', async () => {
    let arrive: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const door = await startDoor(
      {},
      {
        rest: async () => {
          arrive();
          await held;
          return { status: 200, headers: {}, body: Buffer.from('done') };
        },
      },
    );
    const begun = door.call('/images/1');
    await arrived;

    // Their connection is no idle one: the request was on its way when the server began to stop.
    let stopped: Promise<void> | undefined;
    const late = (path: string) =>
      speak(door.port, [
        `GET ${path} HTTP/1.1\r\nHost: localhost\r\n`,
        () => new Promise((resolve) => setTimeout(resolve, 100)),
        async () => {
          stopped ??= door.stop();
        },
        '\r\n',
      ]);
    const [rest, graphql] = await Promise.all([late('/images/2'), late('/graphql?query={__typename}')]);
    release();

    for (const heard of [rest, graphql]) {
      expect(statusOf(heard)).toBe(503);
      expect(heard.toLowerCase()).toContain('retry-after: 5');
      expect(heard.toLowerCase()).toContain('connection: close');
    }
    expect(heardJson(rest)).toMatchObject({ error: 'ShuttingDownError', status: 503, requestId: expect.any(String) });
    expect(heardJson(graphql).errors[0].extensions).toMatchObject({ code: 'SHUTTING_DOWN', status: 503 });
    const answer = await begun;
    expect([answer.status, await answer.text()]).toEqual([200, 'done']);
    await stopped;
  });

  it('ends streams, so that their clients come again elsewhere', async () => {
    const door = await startDoor();
    const stream = await openStream(`${door.origin}/graphql`, {
      query: 'subscription { productsBySku(skus: []) { sku } }',
    });
    expect((await stream.next())?.event).toBe('next');

    await door.stop();

    expect(await stream.next()).toBeUndefined();
  });
});
