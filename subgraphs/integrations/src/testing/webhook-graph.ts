import { randomUUID } from 'node:crypto';
import { defineEvent } from '@gastronom/shared/jobs/event';
import type { SubgraphDefinition, SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { createTestSubgraph, type TestSubgraph, viewers } from '@gastronom/shared/testing/test-subgraph';
import type { Viewer } from '@gastronom/shared/viewer';
import { z } from 'zod';
import { createIntegrationsContext } from '../context.ts';
import { readIntegrationsSettings } from '../env.ts';
import { sendWebhooksJob } from '../outbound/webhook-delivery/send-webhooks.ts';
import { integrations } from '../subgraph.ts';
import { FakeCatalog, FakeInventory } from './fake-peers.ts';

const endpoint = `{ id organizationId url description eventTypes status disabledBecause failingSince formerSecretUntil }`;
const delivery = `{ id eventId eventType body status failure nextAttemptAt deliveredAt
  attempts { durationMs statusCode failure answer } }`;
const errors = 'userErrors { code field message }';

const operations = {
  create: `mutation ($input: CreateWebhookEndpointInput!) {
    answer: createWebhookEndpoint(input: $input) { endpoint ${endpoint} secret ${errors} } }`,
  update: `mutation ($input: UpdateWebhookEndpointInput!) {
    answer: updateWebhookEndpoint(input: $input) { endpoint ${endpoint} ${errors} } }`,
  enable: `mutation ($id: ID!) { answer: enableWebhookEndpoint(id: $id) { endpoint ${endpoint} ${errors} } }`,
  disable: `mutation ($id: ID!) { answer: disableWebhookEndpoint(id: $id) { endpoint ${endpoint} ${errors} } }`,
  remove: `mutation ($id: ID!) { answer: deleteWebhookEndpoint(id: $id) { endpoint ${endpoint} ${errors} } }`,
  rotate: `mutation ($id: ID!, $overlapHours: Int) {
    answer: rotateWebhookSecret(id: $id, overlapHours: $overlapHours) { endpoint ${endpoint} secret ${errors} } }`,
  test: `mutation ($endpointId: ID!) { answer: sendTestEvent(endpointId: $endpointId) { delivery ${delivery} ${errors} } }`,
  redeliver: `mutation ($id: ID!) { answer: redeliverWebhook(id: $id) { delivery ${delivery} ${errors} } }`,
  redeliverFailed: `mutation ($endpointId: ID!, $since: DateTime!) {
    answer: redeliverFailedWebhooks(endpointId: $endpointId, since: $since) { count ${errors} } }`,
  endpoint: `query ($id: ID!) { answer: webhookEndpoint(id: $id) ${endpoint} }`,
  endpoints: `query ($first: Int, $after: String, $organizationId: ID) {
    answer: webhookEndpoints(first: $first, after: $after, organizationId: $organizationId) {
      totalCount nodes ${endpoint} pageInfo { hasNextPage endCursor } } }`,
  delivery: `query ($id: ID!) { answer: webhookDelivery(id: $id) ${delivery} }`,
  deliveries: `query ($endpointId: ID!, $first: Int, $after: String, $status: WebhookDeliveryStatus) {
    answer: webhookDeliveries(endpointId: $endpointId, first: $first, after: $after, status: $status) {
      totalCount nodes ${delivery} pageInfo { hasNextPage endCursor } } }`,
} as const;

type Organization = NonNullable<Extract<Viewer, { kind: 'user' }>['organization']>;

/** Somebody who acts for an organisation. */
export const memberOf = (type: Organization['type'], id: string, role: Organization['role'] = 'ADMIN'): Viewer => ({
  kind: 'user',
  userId: '00000000-0000-4000-8000-0000000000e1',
  role: type === 'SHOP' ? 'CUSTOMER' : type,
  organization: { id, type, role },
});

export const restaurantId = '00000000-0000-4000-8000-0000000000a2';
export const supplierId = '00000000-0000-4000-8000-0000000000a3';
export const restaurant = memberOf('RESTAURANT', restaurantId);
export const supplier = memberOf('SUPPLIER', supplierId);

export const secretKey = 'k1:the-key-that-seals-the-secrets-of-partners';

/** The integrations subgraph at work, with partners that it may reach on this machine. */
export class WebhookGraph {
  readonly subgraph: TestSubgraph;

  /** What its jobs live on. */
  readonly environment: SubgraphEnvironment;

  private constructor(subgraph: TestSubgraph, environment: SubgraphEnvironment) {
    this.subgraph = subgraph;
    this.environment = environment;
  }

  /** With settings beside those of the tests, by their names in the environment. */
  static async open(settings: Record<string, string> = {}): Promise<WebhookGraph> {
    const shop = readIntegrationsSettings({
      ENVIRONMENT: 'test',
      INTERNAL_SECRET: 'the-secret-of-a-shop-in-a-test-of-webhooks',
      ENCRYPTION_KEYS: secretKey,
      ALLOW_PRIVATE_ADDRESSES: 'true',
      ...settings,
    });
    let environment: SubgraphEnvironment | undefined;
    const definition: SubgraphDefinition = {
      ...integrations,
      createContext: (its) => {
        environment = its;
        return createIntegrationsContext(its, shop);
      },
    };
    const subgraphs = { catalog: new FakeCatalog().transport, inventory: new FakeInventory().transport };
    const subgraph = await createTestSubgraph(definition, { subgraphs, works: true });
    if (!environment) throw new Error('the subgraph was made without a context');
    return new WebhookGraph(subgraph, environment);
  }

  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
  async do(operation: keyof typeof operations, variables: object, viewer: Viewer = viewers.admin): Promise<any> {
    const { data, errors: trouble } = await this.subgraph.execute(operations[operation], { ...variables }, viewer);
    if (trouble) throw new Error(`${operation}: ${trouble.map(({ message }) => message).join('; ')}`);
    return data.answer;
  }

  /** An endpoint that is told of everything that can be told, and its secret. */
  async endpoint(
    url: string,
    viewer: Viewer = viewers.staff,
    input: object = {},
  ): Promise<{ id: string; secret: string }> {
    const eventTypes = ['ORDER_PLACED', 'ORDER_CHANGED', 'DELIVERY_MARKED', 'INVOICE_MATCHED', 'PAYMENT_CHANGED'];
    const wish = { url, eventTypes: [...eventTypes, 'AVAILABILITY_CHANGED'], ...input };
    const { endpoint: made, secret, userErrors } = await this.do('create', { input: wish }, viewer);
    if (!made) throw new Error(JSON.stringify(userErrors));
    return { id: made.id, secret };
  }

  /** Says that something happened, as the part of the product does whose event it is. */
  async publish(type: string, data: object): Promise<void> {
    const event = defineEvent({ type, version: 1, data: z.looseObject({}) });
    await this.subgraph.jobs.publish(this.subgraph.dataSource.manager, event, { ...data });
  }

  /** A change of availability, of which the shop's endpoints are told. */
  async happen(sku = randomUUID()): Promise<string> {
    const after = { status: 'IN_STOCK', availableOnline: 3 };
    await this.publish('AvailabilityChanged', { changes: [{ sku, before: null, after }] });
    return sku;
  }

  /** Has all that waits for another try tried at once, as if its time had come. */
  async hurry(): Promise<void> {
    await this.subgraph.ownerQuery(
      `UPDATE integrations.webhook_deliveries SET next_attempt_at = now() WHERE status = 'PENDING'`,
    );
    await this.subgraph.jobs.send(this.subgraph.dataSource.manager, sendWebhooksJob, {});
  }

  // biome-ignore lint/suspicious/noExplicitAny: the same
  async deliveries(endpointId: string, more: object = {}): Promise<any[]> {
    return (await this.do('deliveries', { endpointId, ...more })).nodes;
  }

  /** What was told to the audit log. */
  // biome-ignore lint/suspicious/noExplicitAny: the same
  async audited(subjectId: string): Promise<any[]> {
    const rows = await this.subgraph.ownerQuery<{ data: object }>(
      `SELECT data FROM jobs.job WHERE name = 'record-audit' AND data->'subject'->>'id' = $1 ORDER BY data->>'occurredAt'`,
      [subjectId],
    );
    return rows.map(({ data }) => data);
  }
}

/** Waits until something is so, however long it takes. */
export async function until<Found>(find: () => Promise<Found> | Found): Promise<NonNullable<Found>> {
  for (;;) {
    const found = await find();
    if (found) return found as NonNullable<Found>;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
