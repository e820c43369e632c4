import { readSettings } from '@gastronom/shared/env';
import { developmentSecrets } from '@gastronom/shared/secrets';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { developmentIssuer, developmentParty } from '../src/identity/development-token.ts';
import { startTestGraph, type TestGraph } from './harness.ts';

describe('the public door in production', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    const { DATA_DIR } = readSettings(z.object({ DATA_DIR: z.string() }));
    graph = await startTestGraph('one process', {
      ENVIRONMENT: 'production',
      CLERK_JWT_KEY: developmentSecrets(DATA_DIR).developmentKey.publicKey.replaceAll('\n', '\\n'),
      CLERK_ISSUERS: developmentIssuer,
      CLERK_AUTHORIZED_PARTIES: developmentParty,
      CORS_ORIGINS: 'https://shop.example',
      LOG_LEVEL: 'silent',
    });
  });
  afterAll(() => graph.stop());

  const introspection = '{ __schema { queryType { name } } }';

  it('shows its schema to admins alone', async () => {
    const byAdmin = await graph.query(introspection, {}, graph.tokens.admin);
    const byOthers = await Promise.all(
      ['', graph.tokens.customer, graph.tokens.staff, graph.tokens.service].map((token) =>
        graph.query(introspection, {}, token),
      ),
    );

    expect(byAdmin.data.__schema.queryType.name).toBe('Query');
    expect(byOthers.map(({ errors }) => errors?.[0].extensions.code)).toEqual([
      'FORBIDDEN',
      'FORBIDDEN',
      'FORBIDDEN',
      'FORBIDDEN',
    ]);
    expect(byOthers.map(({ data }) => data?.__schema)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('suggests no field names', async () => {
    const { errors } = await graph.query('{ meee { id } }');

    expect(errors?.[0].message).not.toContain('me"');
    expect(errors?.[0].message).not.toContain('Did you mean');
  });

  it('shows no Sandbox, and lets only the origins of its settings call', async () => {
    const page = await fetch(graph.url, { headers: { accept: 'text/html' } });
    const allowed = async (origin: string) =>
      (
        await fetch(graph.url, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } })
      ).headers.get('access-control-allow-origin');

    expect(await page.text()).not.toContain('sandbox');
    expect(await allowed('https://shop.example')).toBe('https://shop.example');
    expect(await allowed('https://studio.apollographql.com')).toBeNull();
  });
});
