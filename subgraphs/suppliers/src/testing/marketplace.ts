import type { Clock } from '@gastronom/shared/clock';
import type { SubgraphTransport } from '@gastronom/shared/subgraph';
import type { TestAnswer, TestSubgraph } from '@gastronom/shared/testing/test-subgraph';
import { createTestSubgraph, viewers } from '@gastronom/shared/testing/test-subgraph';
import type { OrganizationType, Viewer } from '@gastronom/shared/viewer';
import { createSuppliersContext } from '../context.ts';
import { readSuppliersSettings } from '../env.ts';
import { suppliers } from '../subgraph.ts';
import { type ShopGood, smallShop } from './small-shop.ts';

const organizationIds = {
  fishery: '00000000-0000-4000-8000-0000000000f1',
  dairy: '00000000-0000-4000-8000-0000000000f2',
  bistro: '00000000-0000-4000-8000-0000000000b1',
  tavern: '00000000-0000-4000-8000-0000000000b2',
} as const;

const memberOf = (end: string, id: string, type: OrganizationType, role: 'ADMIN' | 'MEMBER' = 'MEMBER') =>
  ({
    kind: 'user',
    userId: `00000000-0000-4000-8000-0000000000${end}`,
    role: type === 'SUPPLIER' ? 'SUPPLIER' : 'RESTAURANT',
    organization: { id, type, role },
  }) as const satisfies Viewer;

/** People of two suppliers and two restaurants, beside those whom each test knows. */
export const people = {
  ...viewers,
  offersKey: {
    kind: 'service',
    keyId: '00000000-0000-4000-8000-0000000000d4',
    name: 'partner',
    scopes: ['offers:write'],
  },
  fisher: memberOf('a1', organizationIds.fishery, 'SUPPLIER', 'ADMIN'),
  fishHand: memberOf('a2', organizationIds.fishery, 'SUPPLIER'),
  milkmaid: memberOf('a3', organizationIds.dairy, 'SUPPLIER', 'ADMIN'),
  bistro: memberOf('a4', organizationIds.bistro, 'RESTAURANT'),
  tavern: memberOf('a5', organizationIds.tavern, 'RESTAURANT'),
} as const satisfies Record<string, Viewer>;
export { organizationIds };

/** 2026-11-23 is a Monday. */
export const monday = Date.parse('2026-11-23T08:00:00Z');

interface MarketOptions {
  readonly works?: boolean;
  /** Subgraphs beside catalog and inventory. */
  readonly peers?: Record<string, SubgraphTransport>;
}

/** The suppliers subgraph beside a small shop, with a clock that stands still until it is moved. */
export class Marketplace {
  readonly subgraph: TestSubgraph;
  readonly goods: ShopGood[];
  readonly clock: { now: number };

  private constructor(subgraph: TestSubgraph, goods: ShopGood[], clock: { now: number }) {
    this.subgraph = subgraph;
    this.goods = goods;
    this.clock = clock;
  }

  static async open({ works = false, peers = {} }: MarketOptions = {}): Promise<Marketplace> {
    const goods: ShopGood[] = [];
    const clock = { now: monday };
    const told: Clock = () => clock.now;
    const createContext: typeof suppliers.createContext = (environment) =>
      createSuppliersContext(environment, readSuppliersSettings({}), told);
    const subgraphs = { ...smallShop(goods), ...peers };
    const subgraph = await createTestSubgraph({ ...suppliers, createContext }, { subgraphs, works });
    return new Marketplace(subgraph, goods, clock);
  }

  execute(
    query: string,
    variables: Record<string, unknown> = {},
    viewer: Viewer = people.internal,
  ): Promise<TestAnswer> {
    return this.subgraph.execute(query, variables, viewer);
  }

  /** What is answered to one who may ask. */
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
  async ask(query: string, variables: Record<string, unknown> = {}, viewer: Viewer = people.internal): Promise<any> {
    const { data, errors } = await this.execute(query, variables, viewer);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }

  /** Puts rows into a table of the subgraph, as its owner. */
  async insert(table: string, row: Record<string, unknown>): Promise<string> {
    const names = Object.keys(row);
    const places = names.map((_, place) => `$${place + 1}`);
    const [made] = await this.subgraph.ownerQuery<{ row: { id?: string } }>(
      `INSERT INTO suppliers.${table} AS made (${names}) VALUES (${places}) RETURNING to_jsonb(made) AS row`,
      Object.values(row),
    );
    return made?.row.id ?? '';
  }

  supplier(name: 'fishery' | 'dairy', more: Record<string, unknown> = {}): Promise<string> {
    const row = { organization_id: organizationIds[name], name, currency: 'SEK', time_zone: 'Europe/Stockholm' };
    return this.insert('suppliers', { ...row, ...more });
  }

  /** An offer with a list price. */
  async offer(supplierId: string, supplierSku: string, listPrice: string | null, more: Record<string, unknown> = {}) {
    const row = { supplier_id: supplierId, supplier_sku: supplierSku, name: supplierSku, unit: 'box' };
    const goods = { base_unit: 'KILOGRAM', pack_size: '5', tax_rate: '12', tax_included: false };
    const id = await this.insert('offers', { ...row, ...goods, ...more });
    if (listPrice !== null) await this.price(id, listPrice);
    return id;
  }

  price(offerId: string, amount: string, more: Record<string, unknown> = {}): Promise<string> {
    return this.insert('offer_prices', { offer_id: offerId, scope: 'LIST', amount, ...more });
  }

  /** A group of a supplier's customers. */
  async group(supplierId: string, name: string, ...members: string[]): Promise<string> {
    const id = await this.insert('customer_groups', { supplier_id: supplierId, name });
    for (const member of members)
      await this.insert('customer_group_members', { group_id: id, organization_id: member });
    return id;
  }

  async empty(): Promise<void> {
    this.goods.length = 0;
    this.clock.now = monday;
    await this.subgraph.ownerQuery(
      `TRUNCATE suppliers.scorecard_facts, suppliers.scored_orders, suppliers.scored_deliveries, suppliers.scored_invoices,
         suppliers.offer_batches, suppliers.offer_prices, suppliers.offers, suppliers.customer_groups, suppliers.delivery_windows,
         suppliers.delivery_exceptions CASCADE`,
    );
    await this.subgraph.ownerQuery('DELETE FROM suppliers.suppliers WHERE NOT is_house');
  }

  close(): Promise<void> {
    return this.subgraph.close();
  }
}
