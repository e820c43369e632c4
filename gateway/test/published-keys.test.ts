import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGraph, type TestGraph } from './harness.ts';
import { TokenMint } from './token-mint.ts';

const mint = new TokenMint();
const me = '{ me { role } }';

describe('tokens whose issuers publish their keys', () => {
  let graph: TestGraph;
  let issuer: Server;
  let here: string;
  let closed: string;
  const asked: string[] = [];
  beforeAll(async () => {
    issuer = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [mint.jwk()] }));
    });
    await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
    here = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`;
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    closed = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    await new Promise((resolve) => other.close(resolve));
    graph = await startTestGraph('one process', {
      ENVIRONMENT: 'production',
      CLERK_ISSUERS: `${here},${closed}`,
      CLERK_AUTHORIZED_PARTIES: mint.party,
      LOG_LEVEL: 'silent',
    });
  });
  afterAll(async () => {
    issuer.close();
    await graph.stop();
  });

  it('are good in production without a key in its settings, and cost one fetch', async () => {
    const tokens = await Promise.all(['a', 'b', 'c'].map((name) => mint.sign({ iss: here, sub: `user_${name}` })));

    const answers = await Promise.all(tokens.map((token) => graph.query(me, {}, token)));

    expect(answers.map(({ data }) => data.me.role)).toEqual(['CUSTOMER', 'CUSTOMER', 'CUSTOMER']);
    expect(asked).toEqual(['/.well-known/jwks.json']);
  });

  it('are refused under a key that is not published, or under the key of another issuer', async () => {
    const forged = await new TokenMint().sign({ iss: here }, { kid: 'ins_forged' });
    const disguised = await new TokenMint().sign({ iss: here });
    const nameless = await mint.sign({ iss: here }, { kid: undefined });

    const answers = await Promise.all([forged, disguised, nameless].map((token) => graph.query(me, {}, token)));

    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
  });

  it('are not called wrong while their issuer is away: nobody is signed out by that', async () => {
    const { status, errors } = await graph.query(me, {}, await mint.sign({ iss: closed }));

    expect(status).toBe(503);
    expect(errors?.[0].extensions).toMatchObject({ code: 'IDENTITY_UNAVAILABLE', status: 503 });
    expect((await graph.query('{ __typename }')).status).toBe(200);
  });
});
