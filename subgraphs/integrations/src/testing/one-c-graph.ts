import { randomUUID } from 'node:crypto';
import { defineEvent } from '@gastronom/shared/jobs/event';
import { createLogger } from '@gastronom/shared/logger';
import type { SubgraphDefinition } from '@gastronom/shared/subgraph';
import { createTestSubgraph, type TestSubgraph, viewers } from '@gastronom/shared/testing/test-subgraph';
import { anonymous, type Viewer } from '@gastronom/shared/viewer';
import { z } from 'zod';
import { createIntegrationsContext } from '../context.ts';
import { readIntegrationsSettings } from '../env.ts';
import { integrations } from '../subgraph.ts';
import { FakeCatalog, FakeInventory } from './fake-peers.ts';

export interface RestReply {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
  readonly body: any;
}

export interface Post {
  readonly headers?: Record<string, string>;
  readonly token?: string;
  /** Sent as it is; anything but bytes and text as JSON. */
  readonly body: unknown;
}

const delivery = `{
  id receivedAt observedAt requestedAt warehouse status mode complete total size items applied rejected attempts body
  failure { code message }
  run { id source mode status warehouse heldBecause counts { received created updated unchanged stale parked rejected zeroed }
    rejectedRows { nodes { index row errors { code field message } } } }
}`;

export const operations = {
  list: `query ($first: Int, $after: String, $status: OneCDeliveryStatus) {
    answer: oneCDeliveries(first: $first, after: $after, status: $status) {
      totalCount nodes ${delivery} pageInfo { hasNextPage endCursor } } }`,
  one: `query ($id: ID!) { answer: oneCDelivery(id: $id) ${delivery} }`,
  replay: `mutation ($id: ID!) { answer: replayOneCDelivery(id: $id) { delivery ${delivery} userErrors { code field message } } }`,
  approve: `mutation ($id: ID!) { answer: approveSync(runId: $id) { id status } }`,
  cancel: `mutation ($id: ID!) { answer: cancelSync(runId: $id) { id status } }`,
} as const;

const refreshRequested = defineEvent({
  type: 'StockRefreshRequested',
  version: 1,
  data: z.object({ warehouseId: z.string(), externalId: z.string(), requestedAt: z.string() }),
});

/** By which 1C is known here. */
export const oneCSecret = 'what-the-shop-and-1c-both-know';

/** The integrations subgraph at work, between a catalogue and an inventory that do as they are told. */
export class OneCGraph {
  readonly catalog: FakeCatalog;
  readonly inventory: FakeInventory;
  readonly subgraph: TestSubgraph;
  readonly logger = createLogger('test', 'silent');

  private constructor(subgraph: TestSubgraph, catalog: FakeCatalog, inventory: FakeInventory) {
    this.subgraph = subgraph;
    this.catalog = catalog;
    this.inventory = inventory;
  }

  /** With settings beside those of the tests, by their names in the environment. */
  static async open(settings: Record<string, string> = {}): Promise<OneCGraph> {
    const shop = readIntegrationsSettings({
      ENVIRONMENT: 'test',
      INTERNAL_SECRET: 'the-secret-of-a-shop-in-a-test-of-1c',
      ONE_C_WEBHOOK_SECRETS: oneCSecret,
      ...settings,
    });
    const definition: SubgraphDefinition = {
      ...integrations,
      createContext: (environment) => createIntegrationsContext(environment, shop),
    };
    const catalog = new FakeCatalog();
    const inventory = new FakeInventory();
    const subgraphs = { catalog: catalog.transport, inventory: inventory.transport };
    return new OneCGraph(await createTestSubgraph(definition, { subgraphs, works: true }), catalog, inventory);
  }

  /** What the webhook answers. */
  async post({ headers = {}, token, body }: Post): Promise<RestReply> {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    const { status, body: answer } = await this.subgraph.transport.rest(
      {
        method: 'POST',
        url: `/api/v1/integrations/one_c/stocks${token ? `?token=${token}` : ''}`,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${oneCSecret}`, ...headers },
        body: bytes,
      },
      { viewer: anonymous, requestId: 'test', logger: this.logger },
    );
    return { status, body: JSON.parse(answer.toString()) };
  }

  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
  async do(operation: keyof typeof operations, variables: object, viewer: Viewer = viewers.admin): Promise<any> {
    const { data, errors } = await this.subgraph.execute(operations[operation], { ...variables }, viewer);
    if (errors) throw new Error(`${operation}: ${errors.map(({ message }) => message).join('; ')}`);
    return data.answer;
  }

  /** Waits until a delivery stands otherwise than waiting. */
  // biome-ignore lint/suspicious/noExplicitAny: the same
  async settled(id: string, until = (found: any) => found.status !== 'RECEIVED'): Promise<any> {
    for (;;) {
      const found = await this.do('one', { id });
      if (until(found)) return found;
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  }

  /** Sends a callback that is taken, and waits until it is applied. */
  // biome-ignore lint/suspicious/noExplicitAny: the same
  async bring(body: unknown, more: Omit<Post, 'body'> = {}): Promise<any> {
    const { status, body: answer } = await this.post({ ...more, body });
    if (status !== 200) throw new Error(`the webhook answered ${status}: ${answer.message}`);
    return this.settled(answer.deliveryId);
  }

  /** Says that a reader found stale stock. */
  async requestRefresh(externalId: string, requestedAt = new Date(), warehouseId = '1'): Promise<void> {
    const data = { warehouseId, externalId, requestedAt: requestedAt.toISOString() };
    await this.subgraph.jobs.publish(this.subgraph.dataSource.manager, refreshRequested, data);
  }

  /** A trigger as if it had been sent, and the token of its callback. */
  async trigger(requestedAt: Date, warehouse = { id: '1', externalId: '001' }): Promise<string> {
    const token = randomUUID();
    await this.subgraph.ownerQuery(
      `INSERT INTO integrations.one_c_triggers (event_id, token_hash, warehouse_id, external_id, requested_at, accepted_at)
       VALUES ($1, sha256($2::text::bytea), $3, $4, $5, now())`,
      [randomUUID(), token, warehouse.id, warehouse.externalId, requestedAt],
    );
    return token;
  }
}

export const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);
export const items = (quantities: Record<string, unknown>) =>
  Object.entries(quantities).map(([code, quantity]) => ({ nomenclature_code: code, quantity }));
