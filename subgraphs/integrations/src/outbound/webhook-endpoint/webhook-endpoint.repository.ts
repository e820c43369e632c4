import type { OrganizationType } from '@gastronom/shared/viewer';
import type { EntityManager } from 'typeorm';
import { type EndpointScope, scopeParameters, scopeSql } from './endpoint-scope.ts';
import { WebhookEndpointEntity } from './webhook-endpoint.entity.ts';

export type NewEndpoint = Pick<
  WebhookEndpointEntity,
  'id' | 'organizationId' | 'organizationType' | 'url' | 'description' | 'eventTypes' | 'secret' | 'createdBy'
>;

export interface EndpointPlace {
  readonly moment: string;
  readonly id: string;
}

/** Namespace of the advisory locks on owners. */
const ownerLockClass = 1_871;

export class WebhookEndpointRepository {
  readonly #manager: EntityManager;
  readonly #endpoints;

  constructor(manager: EntityManager) {
    this.#manager = manager;
    this.#endpoints = manager.getRepository(WebhookEndpointEntity);
  }

  find(id: string, scope: EndpointScope): Promise<WebhookEndpointEntity | null> {
    return this.#within(scope).andWhere('endpoint.id = :id', { id }).getOne();
  }

  /** Nobody else changes it until the transaction ends. */
  lock(id: string, scope: EndpointScope): Promise<WebhookEndpointEntity | null> {
    return this.#within(scope).andWhere('endpoint.id = :id', { id }).setLock('pessimistic_write').getOne();
  }

  /** The same for a part of the product, which knows whose it is. */
  lockAny(id: string): Promise<WebhookEndpointEntity | null> {
    return this.#endpoints.findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** All of an organisation that are told anything, in one order, so that two who lock them wait for each other. */
  lockEnabledOf(organizationId: string): Promise<WebhookEndpointEntity[]> {
    return this.#endpoints
      .createQueryBuilder('endpoint')
      .where({ organizationId, status: 'ENABLED' })
      .orderBy('endpoint.id')
      .setLock('pessimistic_write')
      .getMany();
  }

  async updateOrganizationType(organizationId: string, organizationType: OrganizationType): Promise<void> {
    await this.#endpoints.update({ organizationId }, { organizationType });
  }

  async listByIds(ids: readonly string[], scope: EndpointScope): Promise<WebhookEndpointEntity[]> {
    return this.#within(scope)
      .andWhere('endpoint.id = ANY (:ids::uuid[])', { ids: [...ids] })
      .getMany();
  }

  /** Newest first, from behind the endpoint at the cursor. */
  list(
    scope: EndpointScope,
    organizationId: string | null,
    size: number,
    after?: EndpointPlace,
  ): Promise<WebhookEndpointEntity[]> {
    const query = this.#listed(scope, organizationId)
      .orderBy('endpoint.createdAt', 'DESC')
      .addOrderBy('endpoint.id', 'DESC')
      .take(size);
    if (after)
      query.andWhere('(endpoint.createdAt, endpoint.id) < (:moment::timestamptz, :after::uuid)', {
        moment: after.moment,
        after: after.id,
      });
    return query.getMany();
  }

  count(scope: EndpointScope, organizationId: string | null): Promise<number> {
    return this.#listed(scope, organizationId).getCount();
  }

  /** How many an owner has; no other is counted or made for them until the transaction ends. */
  async countOfOwner(organizationId: string | null): Promise<number> {
    await this.#manager.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [ownerLockClass, organizationId ?? '']);
    return this.#endpoints
      .createQueryBuilder('endpoint')
      .where('endpoint.organizationId IS NOT DISTINCT FROM :organizationId', { organizationId })
      .getCount();
  }

  async insert(endpoint: NewEndpoint): Promise<WebhookEndpointEntity> {
    await this.#endpoints.insert(endpoint);
    return this.#endpoints.findOneByOrFail({ id: endpoint.id });
  }

  async update(id: string, change: Partial<WebhookEndpointEntity>): Promise<WebhookEndpointEntity> {
    await this.#endpoints.update({ id }, { ...change, updatedAt: new Date() });
    return this.#endpoints.findOneByOrFail({ id });
  }

  /** What happened to it, told to its owner alone: it counts as no change of theirs. */
  async updateFailingSince(id: string, failingSince: Date | null): Promise<void> {
    await this.#endpoints.update({ id }, { failingSince });
  }

  async delete(id: string): Promise<void> {
    await this.#endpoints.delete({ id });
  }

  /** A page of all in the order of their ids, with their secrets. */
  listSecrets(after: string, size: number): Promise<WebhookEndpointEntity[]> {
    return this.#endpoints
      .createQueryBuilder('endpoint')
      .where('endpoint.id > :after::uuid', { after })
      .orderBy('endpoint.id')
      .take(size)
      .getMany();
  }

  /** Unless a rotation came in between. */
  async updateSealing(
    { id, secret }: WebhookEndpointEntity,
    anew: { readonly secret: string; readonly formerSecret: string | null },
  ): Promise<void> {
    await this.#endpoints.update({ id, secret }, anew);
  }

  async deleteFormerSecrets(now: Date): Promise<void> {
    await this.#manager.query(
      `UPDATE webhook_endpoints SET former_secret = NULL, former_secret_until = NULL WHERE former_secret_until < $1`,
      [now],
    );
  }

  #listed(scope: EndpointScope, organizationId: string | null) {
    const query = this.#within(scope);
    return organizationId ? query.andWhere('endpoint.organizationId = :organizationId', { organizationId }) : query;
  }

  #within(scope: EndpointScope) {
    return this.#endpoints.createQueryBuilder('endpoint').where(scopeSql, scopeParameters(scope));
  }
}
