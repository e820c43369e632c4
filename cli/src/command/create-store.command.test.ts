import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGraph, type TestGraph } from '../../../gateway/test/harness.ts';
import { ExitCode } from '../exit-code.ts';
import { type Manage, manageWith } from '../testing/run-manage.ts';

describe('manage create-store', () => {
  let graph: TestGraph;
  let manage: Manage;
  beforeAll(async () => {
    graph = await startTestGraph();
    manage = manageWith({ DATA_DIR: graph.settings.DATA_DIR, GASTRONOM_URL: graph.url });
  });
  afterAll(() => graph.stop());

  const contoso = [
    ...['create-store', '--owner-email', 'Ops@example.com', '--name', 'Contoso', '--slug', 'contoso'],
    ...['--website-url', 'https://contoso.example', '--domain', 'contoso.example', '--domain', 'WWW.contoso.example'],
    ...['--locale', 'en_US', '--currency', 'usd', '--test-url', 'https://contoso.example/item/sku123'],
    ...['--selector', 'title=css:.product-title', '--selector', 'price=json:$.price.value'],
    ...['--selector', 'old-price=css:s', '--selector', 'image=attr:img::src', '--notes', 'Imported'],
    ...['--delay', '2000', '--concurrency', '1', '--rendering', 'browser'],
  ];

  it('makes a store with its owner, says so, and brings it up to date when it is run again', async () => {
    const made = await manage(...contoso, '--json');
    const same = await manage(...contoso);
    const other = await manage(
      'create-store',
      '--owner-email',
      'ops@example.com',
      '--name',
      'Contoso',
      '--currency',
      'EUR',
    );

    expect(made).toMatchObject({ code: ExitCode.ok, stderr: '' });
    const { outcome, changed, store } = JSON.parse(made.stdout);
    expect([outcome, changed]).toEqual(['CREATED', []]);
    expect(store).toEqual({
      id: expect.any(String),
      owner: { id: expect.any(String) },
      name: 'Contoso',
      slug: 'contoso',
      websiteUrl: 'https://contoso.example',
      domains: ['contoso.example', 'www.contoso.example'],
      locale: 'en-US',
      currency: 'USD',
      selectors: [
        { field: 'TITLE', selector: 'css:.product-title' },
        { field: 'PRICE', selector: 'json:$.price.value' },
        { field: 'OLD_PRICE', selector: 'css:s' },
        { field: 'IMAGE', selector: 'attr:img::src' },
      ],
      testUrl: 'https://contoso.example/item/sku123',
      notes: 'Imported',
      delayMs: 2000,
      concurrency: 1,
      rendering: 'BROWSER',
    });
    const ok = { code: ExitCode.ok, stderr: '' };
    expect(same).toEqual({ ...ok, stdout: `the store contoso (${store.id}) was there, and is as it was\n` });
    expect(other).toEqual({ ...ok, stdout: `the store contoso (${store.id}) was there, and changed: currency\n` });
  });

  it('says what is wrong with the name of its flag, and keeps nothing', async () => {
    const wrong = await manage(
      ...['create-store', '--name', 'Fabrikam', '--currency', 'US', '--domain', 'a.example', '--domain', 'shop'],
    );
    const form = await manage('create-store', '--name', 'Fabrikam', '--selector', 'price');
    const taken = await manage(
      ...['create-store', '--owner-email', 'ops@example.com', '--name', 'Fabrikam', '--domain', 'contoso.example'],
    );

    expect(wrong).toMatchObject({ code: ExitCode.usage, stdout: '' });
    expect(wrong.stderr).toBe(
      '--currency: A currency is an ISO 4217 code, as USD.\n--domain shop: A domain is like shop.example.\n',
    );
    expect(form).toMatchObject({ code: ExitCode.usage, stdout: '' });
    expect(taken).toEqual({
      code: ExitCode.failed,
      stdout: '',
      stderr: '--domain: The store Contoso has the domain contoso.example.\n',
    });
    const { data } = await graph.query('{ stores { totalCount } }', {}, graph.tokens.admin);
    expect(data.stores).toEqual({ totalCount: 0 });
  });
});
