import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@gastronom/shared/env';
import { hurryRetries } from '@gastronom/shared/testing/hurry-retries';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modes, startTestGraph, type TestGraph } from './harness.ts';
import { until } from './one-c-harness.ts';
import { Syncing } from './sync-harness.ts';

const secret = 'what-the-shop-and-1c-both-know';
const userAgent = 'Backoffice/3.1';
const pictures = ['https://img.example/1.jpg', 'https://img.example/2.jpg'];

interface Entry {
  readonly seq: number;
  readonly action: string;
  readonly actor: {
    readonly kind: string;
    readonly id: string | null;
    readonly user: { readonly email: string } | null;
  };
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly subject: { readonly type: string; readonly id: string };
  readonly before: object | null;
  readonly after: object | null;
}

const entriesQuery = `{ auditLog(first: 50) { nodes {
  seq action actor { kind id user { email } } ip userAgent subject { type id } before after } } }`;

type Who = 'staff' | 'admin';

/** The back office of a shop, where sensitive things are done. */
class BackOffice {
  constructor(
    readonly graph: TestGraph,
    readonly sync = new Syncing(graph),
  ) {}

  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
  async ask(who: Who, query: string, variables: object = {}): Promise<any> {
    const response = await fetch(this.graph.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': userAgent,
        authorization: `Bearer ${this.graph.tokens[who]}`,
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: object; errors?: object[] };
    if (errors) throw new Error(JSON.stringify(errors));
    return Object.values(data)[0];
  }

  /** What was told to the log since an entry, once nothing waits to be written. */
  async entriesSince(seq: number): Promise<Entry[]> {
    await until('nothing waits', async () => {
      const [row] = await this.graph.database.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM jobs.job WHERE name = 'record-audit' AND state < 'completed'`,
      );
      return row?.n === 0;
    });
    const { nodes } = await this.ask('admin', entriesQuery);
    return nodes.filter((entry: Entry) => entry.seq > seq).toReversed();
  }

  async lastSeq(): Promise<number> {
    await this.entriesSince(0);
    const [row] = await this.graph.database.query<{ seq: number }>('SELECT seq::int FROM accounts.audit_head');
    return row?.seq ?? 0;
  }

  async productId(): Promise<string> {
    return (await this.ask('staff', '{ product(sku: "TEA") { id } }')).id;
  }

  async heldRun(): Promise<string> {
    const source = `feed-${Math.random().toString(36).slice(2)}`;
    const goods = Array.from({ length: 4 }, (_, n) => ({ sku: `${source}-${n}`, name: `Goods ${n}` }));
    await this.sync.goods(goods, { source });
    const { id } = await this.sync.do('startSync', { source, mode: 'SNAPSHOT' });
    await this.sync.goods(goods.slice(0, 1), { source, runId: id });
    expect((await this.sync.do('finishSync', { runId: id })).status).toBe('HELD');
    return id;
  }

  async failedDelivery(): Promise<string> {
    await fetch(this.graph.url.replace('/graphql', '/api/v1/integrations/one_c/stocks'), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body: '{ "torn": ',
    });
    const { nodes } = await this.ask('admin', '{ oneCDeliveries(first: 1) { nodes { id status } } }');
    expect(nodes[0].status).toBe('FAILED');
    return nodes[0].id;
  }

  async makeKey(): Promise<string> {
    const input = { name: 'till', scopes: ['sync:write'] };
    const made = await this.ask('admin', createKey, { input });
    return made.key.id;
  }

  async makeChannel(): Promise<string> {
    const mutation = `mutation { createNotificationChannel(input: {
      name: "x", target: { ntfy: { topic: "kitchen" } } }) { channel { id } } }`;
    return (await this.ask('staff', mutation)).channel.id;
  }
}

const createKey = 'mutation ($input: CreateServiceKeyInput!) { createServiceKey(input: $input) { key { id } } }';
const setBuffer = (quantity: number | null) =>
  `mutation { setProductBuffer(input: { sku: "TEA", quantity: ${quantity} }) { userErrors { code } } }`;
const warehouse = 'warehouse { id } userErrors { code }';

interface Act {
  readonly action: string;
  readonly who: Who;
  readonly type: string;
  /** Makes ready what is acted on. @returns its id, where it is known by then. */
  prepare?(office: BackOffice): Promise<string>;
  /** @returns the id of what was acted on, if it is new. */
  act(office: BackOffice, id: string): Promise<string | undefined>;
  readonly before: object | null;
  readonly after: object | null;
  /** Whether the same once more changes nothing. */
  readonly once?: boolean;
}

const onProduct = (action: string, mutation: string, input: string, before: object, after: object): Act => ({
  action,
  who: 'staff',
  type: 'Product',
  prepare: (office) => office.productId(),
  act: (office, id) =>
    office
      .ask('staff', `mutation { ${mutation}(input: { productId: "${id}", ${input} }) { userErrors { code } } }`)
      .then(() => id),
  before,
  after,
  once: true,
});

const acts: readonly Act[] = [
  {
    action: 'buffer.set',
    who: 'staff',
    type: 'StockBuffer',
    act: (office) => office.ask('staff', setBuffer(7)).then(() => 'PRODUCT:TEA'),
    before: null,
    after: { quantity: '7.000' },
    once: true,
  },
  {
    action: 'buffer.clear',
    who: 'staff',
    type: 'StockBuffer',
    act: (office) => office.ask('staff', setBuffer(null)).then(() => 'PRODUCT:TEA'),
    before: { quantity: '7.000' },
    after: null,
    once: true,
  },
  onProduct(
    'availability.set',
    'setProductAvailability',
    'isAvailable: false, reason: "recalled"',
    { isAvailable: true, reason: null },
    { isAvailable: false, reason: 'recalled' },
  ),
  onProduct('tags.set', 'setProductTags', 'tags: ["new"]', { tags: [] }, { tags: ['new'] }),
  onProduct(
    'image-order.set',
    'setProductImageOrder',
    `urls: ["${pictures[1]}"]`,
    { imageOrder: [] },
    { imageOrder: [pictures[1]] },
  ),
  onProduct(
    'overrides.set',
    'setProductOverrides',
    'price: { amount: "99.9", currencyCode: "RUB" }',
    { price: null, currency: null },
    { price: '99.90', currency: 'RUB' },
  ),
  {
    action: 'warehouse.create',
    who: 'staff',
    type: 'Warehouse',
    act: async (office) => {
      const mutation = `mutation { createWarehouse(input: { name: "Cellar", externalId: "007", freshMinutes: 5 }) { ${warehouse} } }`;
      return (await office.ask('staff', mutation)).warehouse?.id;
    },
    before: null,
    after: { name: 'Cellar', externalId: '007', address: null, isDefault: false, freshMinutes: '5.000' },
    once: true,
  },
  {
    action: 'warehouse.update',
    who: 'staff',
    type: 'Warehouse',
    prepare: async (office) => (await office.ask('staff', '{ warehouses { nodes { id } } }')).nodes.at(-1).id,
    act: (office, id) =>
      office
        .ask('staff', `mutation { updateWarehouse(input: { id: "${id}", name: "Attic" }) { ${warehouse} } }`)
        .then(() => id),
    before: { name: 'Cellar' },
    after: { name: 'Attic' },
    once: true,
  },
  {
    action: 'sync.approve',
    who: 'admin',
    type: 'SyncRun',
    prepare: (office) => office.heldRun(),
    act: (office, id) => office.ask('admin', `mutation { approveSync(runId: "${id}") { id } }`).then(() => id),
    before: { status: 'HELD', productsSettled: false },
    after: { status: 'FINISHED', productsSettled: true },
    once: true,
  },
  {
    action: 'sync.cancel',
    who: 'staff',
    type: 'SyncRun',
    prepare: (office) => office.heldRun(),
    act: (office, id) => office.ask('staff', `mutation { cancelSync(runId: "${id}") { id } }`).then(() => id),
    before: { status: 'HELD', hidden: 3 },
    after: { status: 'CANCELLED', hidden: 0 },
    once: true,
  },
  {
    action: 'delivery.replay',
    who: 'admin',
    type: 'OneCDelivery',
    prepare: (office) => office.failedDelivery(),
    act: (office, id) =>
      office.ask('admin', `mutation { replayOneCDelivery(id: "${id}") { userErrors { code } } }`).then(() => id),
    before: { status: 'FAILED' },
    after: { status: 'RECEIVED' },
  },
  {
    action: 'reserved-totals.repair',
    who: 'admin',
    type: 'ReservedTotals',
    prepare: async (office) => {
      await office.graph.database.query(`INSERT INTO inventory.stock_reserved (product_sku, quantity, granted) VALUES ('TEA', 3, 3)
        ON CONFLICT (product_sku) DO UPDATE SET quantity = 3, granted = 3`);
      return 'all';
    },
    act: (office, id) => office.ask('admin', 'mutation { repairReservedTotals { checked } }').then(() => id),
    before: { TEA: '3.000' },
    after: { TEA: '0.000' },
    once: true,
  },
  {
    action: 'channel.create',
    who: 'staff',
    type: 'NotificationChannel',
    act: (office) => office.makeChannel(),
    before: null,
    after: { kind: 'NTFY', status: 'ACTIVE' },
  },
  {
    action: 'channel.update',
    who: 'staff',
    type: 'NotificationChannel',
    prepare: (office) => office.makeChannel(),
    act: (office, id) =>
      office
        .ask(
          'staff',
          `mutation { updateNotificationChannel(input: { id: "${id}", enabled: false }) { channel { id } } }`,
        )
        .then(() => id),
    before: { status: 'ACTIVE' },
    after: { status: 'OFF' },
    once: true,
  },
  {
    action: 'channel.delete',
    who: 'staff',
    type: 'NotificationChannel',
    prepare: (office) => office.makeChannel(),
    act: (office, id) =>
      office.ask('staff', `mutation { deleteNotificationChannel(id: "${id}") { deletedId } }`).then(() => id),
    before: { kind: 'NTFY' },
    after: null,
    once: true,
  },
  {
    action: 'key.create',
    who: 'admin',
    type: 'ServiceKey',
    act: (office) => office.makeKey(),
    before: null,
    after: { name: 'till', scopes: ['sync:write'], prefix: expect.stringMatching(/^gk_[0-9a-f]{8}$/), expiresAt: null },
  },
  {
    action: 'key.rotate',
    who: 'admin',
    type: 'ServiceKey',
    prepare: (office) => office.makeKey(),
    act: (office, id) =>
      office.ask('admin', `mutation { rotateServiceKey(input: { id: "${id}" }) { key { id } } }`).then(() => id),
    before: { expiresAt: null, replacedBy: null },
    after: { expiresAt: expect.any(String), replacedBy: expect.objectContaining({ expiresAt: null }) },
    once: true,
  },
  {
    action: 'key.revoke',
    who: 'admin',
    type: 'ServiceKey',
    prepare: (office) => office.makeKey(),
    act: (office, id) =>
      office.ask('admin', `mutation { revokeServiceKey(id: "${id}") { key { id } } }`).then(() => id),
    before: { revokedAt: null },
    after: { revokedAt: expect.any(String) },
    once: true,
  },
];

describe.each(modes)('the audit log, %s', (mode) => {
  let office: BackOffice;
  beforeAll(async () => {
    process.env.ONE_C_WEBHOOK_SECRETS = secret;
    office = new BackOffice(await startTestGraph(mode));
    await office.sync.goods([
      { sku: 'TEA', name: 'Чай', price: '10', currency: 'RUB', stockQuantity: 9, imageUrls: pictures },
    ]);
  });
  afterAll(() => office.graph.stop());

  it.each(acts)('tells of $action once: who, from where, on what, before and after', async (act) => {
    const prepared = (await act.prepare?.(office)) ?? '';
    const start = await office.lastSeq();

    const id = await act.act(office, prepared);
    if (act.once) await act.act(office, prepared);

    const { before, after } = act;
    expect(await office.entriesSince(start)).toEqual([
      {
        seq: start + 1,
        action: act.action,
        actor: { kind: 'USER', id: expect.any(String), user: { email: expect.stringContaining(act.who) } },
        ip: '127.0.0.1',
        userAgent,
        subject: { type: act.type, id },
        before: before && expect.objectContaining(before),
        after: after && expect.objectContaining(after),
      },
    ]);
  });

  it('tells of nothing that was refused', async () => {
    const start = await office.lastSeq();

    await office.ask('staff', setBuffer(-1));
    await office.ask(
      'staff',
      'mutation { setProductBuffer(input: { sku: "NONE", quantity: 1 }) { userErrors { code } } }',
    );
    await office.ask(
      'staff',
      'mutation { createWarehouse(input: { name: "", externalId: "9" }) { userErrors { code } } }',
    );
    await expect(office.ask('staff', createKey, { input: { name: 'x', scopes: ['sync:write'] } })).rejects.toThrow(
      'FORBIDDEN',
    );

    expect(await office.entriesSince(start)).toEqual([]);
  });

  it('tells of nothing whose transaction fails at its end', async () => {
    const start = await office.lastSeq();
    await office.graph.database.query(`
      CREATE FUNCTION inventory.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
      CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON inventory.buffers DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION inventory.fail()`);

    await expect(office.ask('staff', setBuffer(3))).rejects.toThrow('INTERNAL_SERVER_ERROR');
    await office.graph.database.query('DROP TRIGGER fail ON inventory.buffers');

    expect(await office.entriesSince(start)).toEqual([]);
  });

  it('hears later of what was done while accounts could not write', async () => {
    const start = await office.lastSeq();
    await office.graph.database.query('ALTER TABLE accounts.audit_entries RENAME TO away');

    await office.ask('staff', setBuffer(4));
    const { query } = office.graph.database;
    const isTriedAgain = until('the log could not be written', async () => {
      const [row] = await query<{ tries: number }>(
        `SELECT max(retry_count) AS tries FROM jobs.job WHERE name = 'record-audit' AND state < 'completed'`,
      );
      return (row?.tries ?? 0) > 0;
    });
    await hurryRetries(query, isTriedAgain);
    await query('ALTER TABLE accounts.away RENAME TO audit_entries');

    const entries = await hurryRetries(query, office.entriesSince(start));
    expect(entries).toMatchObject([{ action: 'buffer.set', after: { quantity: '4.000' } }]);
  });

  it('knows no act that docs/AUDIT.md does not name', async () => {
    const rows = await office.graph.database.query<{ action: string }>(
      'SELECT DISTINCT action FROM accounts.audit_entries',
    );
    const page = readFileSync(join(projectRoot, 'docs', 'AUDIT.md'), 'utf8');

    expect(rows.length).toBeGreaterThanOrEqual(acts.length);
    expect(rows.filter(({ action }) => !page.includes(`\`${action}\``))).toEqual([]);
  });

  it('stays whole through all of it', async () => {
    const verification = await office.ask('admin', '{ auditVerification { valid checked head { seq } } }');

    expect(verification).toEqual({ valid: true, checked: verification.head.seq, head: verification.head });
  });
});
