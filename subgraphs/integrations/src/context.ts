import { createSecretBox, encryptionKeys, type SecretBox } from '@gastronom/shared/encrypted-secret';
import { type AddressRule, addressRule } from '@gastronom/shared/http/address-guard';
import type { JobQueue } from '@gastronom/shared/jobs/job-queue';
import type { SubgraphEnvironment, SubgraphRequest } from '@gastronom/shared/subgraph';
import { SubgraphClient } from '@gastronom/shared/subgraph-client';
import { subgraphContexts } from '@gastronom/shared/subgraph-contexts';
import type { EntityManager } from 'typeorm';
import { AccountsClient } from './accounts/accounts-client.ts';
import { CatalogClient } from './catalog/catalog-client.ts';
import { ChannelLoaders } from './channel/channel.loaders.ts';
import { type ChannelTools, createChannelTools } from './channel/channel-tools.ts';
import { type IntegrationsSettings, readIntegrationsSettings } from './env.ts';
import { createExchangeLoaders, type ExchangeLoaders } from './exchange/exchange.loaders.ts';
import { createImages, type Images } from './image/images.ts';
import { InventoryClient } from './inventory/inventory-client.ts';
import { createOneCLoaders, type OneCLoaders } from './one-c/one-c.loaders.ts';
import { OrdersClient } from './orders/orders-client.ts';
import { createWebhookLoaders, type WebhookLoaders } from './outbound/webhook-delivery/webhook.loaders.ts';
import { Gate } from './sync/gate.ts';
import { createSyncLoaders, type SyncLoaders } from './sync/sync.loaders.ts';
import { WarehouseDirectory } from './warehouse/warehouse-directory.ts';

export interface IntegrationsContext extends SubgraphRequest {
  readonly manager: EntityManager;
  readonly jobs: JobQueue;
  readonly loaders: SyncLoaders;
  readonly oneCLoaders: OneCLoaders;
  readonly exchangeLoaders: ExchangeLoaders;
  readonly webhookLoaders: WebhookLoaders;
  readonly settings: IntegrationsSettings;
  readonly catalog: CatalogClient;
  readonly inventory: InventoryClient;
  readonly orders: OrdersClient;
  readonly accounts: AccountsClient;
  readonly channelLoaders: ChannelLoaders;
  /** Shared by all requests of this process. */
  readonly warehouses: WarehouseDirectory;
  readonly gate: Gate;
  readonly images: Images;
  /** The ways on which people are told. */
  readonly channels: ChannelTools;
  /** Opens secrets that the database keeps. */
  readonly secretBox: SecretBox;
  /** Where requests to addresses that people gave may go. */
  readonly addresses: AddressRule;
}

function makeContext(
  { dataSource, subgraphs, jobs, logger }: SubgraphEnvironment,
  settings = readIntegrationsSettings(),
): (request: SubgraphRequest) => IntegrationsContext {
  const client = new SubgraphClient(subgraphs, 'integrations');
  const warehouses = new WarehouseDirectory();
  const { manager } = dataSource;
  const poolSize = dataSource.options.type === 'postgres' ? dataSource.options.poolSize : undefined;
  // A batch holds a connection while others apply it: half of them stay free for reads.
  const gate = new Gate(Math.max(1, Math.floor((poolSize ?? 10) / 2)));
  const images = createImages(settings.images, logger);
  const secretBox = createSecretBox(encryptionKeys(settings.process));
  const addresses = addressRule(settings.process);
  const channels = createChannelTools(settings.channels, secretBox, addresses);
  return (request) => ({
    ...request,
    manager,
    jobs,
    loaders: createSyncLoaders(manager),
    oneCLoaders: createOneCLoaders(manager),
    exchangeLoaders: createExchangeLoaders(manager),
    webhookLoaders: createWebhookLoaders(manager, request.viewer),
    settings,
    catalog: new CatalogClient(client, request),
    inventory: new InventoryClient(client, request),
    orders: new OrdersClient(client, request),
    accounts: new AccountsClient(client, request),
    channelLoaders: new ChannelLoaders(manager),
    warehouses,
    gate,
    images,
    secretBox,
    addresses,
    channels,
  });
}

const contexts = subgraphContexts('integrations', makeContext);

export const integrationsContext = contexts.of;
export const createIntegrationsContext = contexts.create;
export const internalContext = contexts.internal;
