import { defineJob } from '@gastronom/shared/jobs/job';
import type { SubgraphDefinition } from '@gastronom/shared/subgraph';
import { fakeSubgraph } from '@gastronom/shared/testing/fake-subgraph';
import { createTestSubgraph, type TestSubgraph, viewers } from '@gastronom/shared/testing/test-subgraph';
import type { Viewer } from '@gastronom/shared/viewer';
import { z } from 'zod';
import { createOrdersContext } from '../context.ts';
import { type OrdersSettings, readOrdersSettings } from '../env.ts';
import { orders } from '../subgraph.ts';
import { FakeInventory, FakeSuppliers } from './fake-market.ts';

export const bistroId = '00000000-0000-4000-8000-0000000000b1';
export const tavernId = '00000000-0000-4000-8000-0000000000b2';

const member = (end: string, id: string, role: 'ADMIN' | 'MEMBER') =>
  ({
    kind: 'user',
    userId: `00000000-0000-4000-8000-0000000000${end}`,
    role: 'RESTAURANT',
    organization: { id, type: 'RESTAURANT', role },
  }) as const satisfies Viewer;

/** Anna heads the bistro where Ben cooks; Tom has the tavern; Fay is of the fishery; Carl shops for himself. */
export const people = {
  ...viewers,
  anna: member('a1', bistroId, 'ADMIN'),
  ben: member('a2', bistroId, 'MEMBER'),
  tom: member('a3', tavernId, 'ADMIN'),
  carl: { kind: 'user', userId: '00000000-0000-4000-8000-0000000000a4', role: 'CUSTOMER' },
  fay: {
    kind: 'user',
    userId: '00000000-0000-4000-8000-0000000000a5',
    role: 'SUPPLIER',
    organization: { id: '00000000-0000-4000-8000-0000000000fa', type: 'SUPPLIER', role: 'ADMIN' },
  },
} as const satisfies Record<string, Viewer>;

export interface AddedToCart {
  readonly cart: {
    readonly version: number;
    readonly lines: { id: string; offer: { id: string }; quantity: string; version: number }[];
  };
  readonly userErrors: { code: string; field: string[] }[];
}

/** The orders subgraph on a database of its own, at a time that the test sets: a Monday morning. */
export class Market {
  static readonly monday = Date.parse('2026-11-23T08:00:00Z');
  now = Market.monday;
  readonly suppliers = new FakeSuppliers();
  readonly inventory = new FakeInventory();
  private constructor(readonly subgraph: TestSubgraph) {}

  static async open({
    works = false,
    settings = {},
  }: {
    readonly works?: boolean;
    readonly settings?: Partial<OrdersSettings>;
  } = {}): Promise<Market> {
    let market: Market | undefined;
    const suppliers = new FakeSuppliers();
    const inventory = new FakeInventory();
    const accounts = fakeSubgraph(async () => ({ data: { _entities: [{ name: 'Bistro' }] } }));
    const definition: SubgraphDefinition = {
      ...orders,
      createContext: (environment) =>
        createOrdersContext(environment, { ...readOrdersSettings(), ...settings }, () => market?.now ?? Market.monday),
    };
    const subgraphs = { suppliers: suppliers.transport, inventory: inventory.transport, accounts };
    const subgraph = await createTestSubgraph(definition, { subgraphs, works });
    market = Object.assign(new Market(subgraph), { suppliers, inventory });
    market.inventory.reset();
    return market;
  }

  close(): Promise<void> {
    return this.subgraph.close();
  }

  /** Runs an operation that must succeed. */
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
  async ask(query: string, variables: Record<string, unknown> = {}, viewer: Viewer = people.anna): Promise<any> {
    const { data, errors } = await this.subgraph.execute(query, variables, viewer);
    if (errors) throw new Error(errors.map((error) => `${error.path?.join('.')}: ${error.message}`).join('; '));
    return data;
  }

  async add(
    lines: readonly (readonly [offerId: string, quantity: string])[],
    viewer: Viewer = people.anna,
  ): Promise<AddedToCart> {
    const input = { lines: lines.map(([offerId, quantity]) => ({ offerId, quantity })) };
    const mutation = `mutation ($input: AddToCartInput!) { addToCart(input: $input) {
      cart { version lines { id offer { id } quantity version } } userErrors { code field } } }`;
    return (await this.ask(mutation, { input }, viewer)).addToCart;
  }

  /** Keeps what is published from now on, for `told`. */
  async hear(event: string, job: string): Promise<void> {
    const { jobs, dataSource } = this.subgraph;
    await jobs.send(dataSource.manager, defineJob({ name: job, payload: z.object({}) }), {});
    await this.subgraph.ownerQuery('DELETE FROM jobs.job WHERE name = $1', [job]);
    await this.subgraph.ownerQuery('INSERT INTO jobs.subscription (event, name) VALUES ($1, $2)', [event, job]);
  }

  /** What was published, by the jobs that would hear it. */
  async told(job: string): Promise<Record<string, unknown>[]> {
    const rows = await this.subgraph.ownerQuery<{ data: { data: Record<string, unknown> } }>(
      'SELECT data FROM jobs.job WHERE name = $1 ORDER BY created_on',
      [job],
    );
    return rows.map(({ data }) => data.data);
  }

  /** Forgets carts and orders, and sets the market as it was. */
  async empty(): Promise<void> {
    await this.subgraph.ownerQuery(
      `TRUNCATE orders.carts, orders.orders CASCADE; DELETE FROM jobs.job WHERE name NOT LIKE '\\_\\_%'`,
    );
    this.now = Market.monday;
    this.suppliers.reset();
    this.inventory.reset();
  }
}
