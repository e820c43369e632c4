import { createLogger } from '@gastronom/shared/logger';
import type { SubgraphDefinition } from '@gastronom/shared/subgraph';
import { createTestSubgraph, type TestSubgraph, viewers } from '@gastronom/shared/testing/test-subgraph';
import { createIntegrationsContext } from '../context.ts';
import { readIntegrationsSettings } from '../env.ts';
import { exchangePath } from '../exchange/exchange-endpoint.ts';
import { oneCSecrets } from '../one-c/one-c-secrets.ts';
import { integrations } from '../subgraph.ts';
import { basic, type Call, ExchangePlayer } from './exchange-player.ts';
import { FakeOrders } from './fake-orders.ts';
import { FakeCatalog, FakeInventory } from './fake-peers.ts';

export interface ExchangeGraph {
  readonly catalog: FakeCatalog;
  readonly inventory: FakeInventory;
  readonly orders: FakeOrders;
  readonly subgraph: TestSubgraph;
  readonly call: Call;
  readonly secret: string;
  /** A 1C that knows the password. */
  oneC(): ExchangePlayer;
  /** Exchanges as an admin sees them, newest first. */
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
  exchanges(): Promise<any[]>;
}

const exchangesQuery = `{ oneCExchanges { totalCount nodes {
  id startedAt lastSeenAt expiresAt failure
  files { name bytes state rowsDone failure note requestedAt finishedAt }
  runs { source mode status heldBecause counts { received created updated unchanged rejected hidden zeroed }
    rejectedRows { nodes { row errors { code field message } } } }
} } }`;

/** What a shop is known by that has settings of its own. */
const itsOwn = { ENVIRONMENT: 'test', ONE_C_WEBHOOK_SECRETS: 'what-the-shop-and-1c-both-know' };

/**
 * The integrations subgraph, its worker and its endpoints, between a catalogue and an inventory that do as they are told.
 * Settings are given by their names in the environment, in the place of those of the tests.
 */
export async function createExchangeGraph(settings?: Record<string, string>): Promise<ExchangeGraph> {
  const shop = readIntegrationsSettings(settings && { ...itsOwn, ...settings });
  const catalog = new FakeCatalog();
  const inventory = new FakeInventory();
  const orders = new FakeOrders();
  const definition: SubgraphDefinition = {
    ...integrations,
    createContext: (environment) => createIntegrationsContext(environment, shop),
  };
  const subgraph = await createTestSubgraph(definition, {
    subgraphs: { catalog: catalog.transport, inventory: inventory.transport, orders: orders.transport },
    works: true,
  });
  const logger = createLogger('test', 'silent');
  const call: Call = async ({ method, query, headers, body }) => {
    const request = { method, url: `${exchangePath}${query}`, headers, body: body ?? Buffer.alloc(0) };
    const answer = await subgraph.transport.rest(request, { viewer: viewers.anonymous, requestId: 'test', logger });
    return { status: answer.status, type: String(answer.headers['content-type']), text: answer.body.toString('utf8') };
  };
  const [secret = ''] = oneCSecrets(shop);
  return {
    catalog,
    inventory,
    orders,
    subgraph,
    call,
    secret,
    oneC: () => new ExchangePlayer(call, basic('1c', secret)),
    async exchanges() {
      const { data, errors } = await subgraph.execute(exchangesQuery, {}, viewers.admin);
      if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
      return data.oneCExchanges.nodes;
    },
  };
}
