import { randomUUID } from 'node:crypto';
import { recordAudit } from '@gastronom/shared/audit';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { isUUID } from '@gastronom/shared/id';
import type { UserError } from '@gastronom/shared/user-error.type';
import { actorOf, type OrganizationType } from '@gastronom/shared/viewer';
import type { EntityManager } from 'typeorm';
import type { IntegrationsContext } from '../../context.ts';
import { disableEndpoint } from './disable-endpoint.ts';
import { type EndpointWish, problemsOf, wishedFor } from './endpoint-input.ts';
import { endpointScopeOf } from './endpoint-scope.ts';
import { makeSecret } from './endpoint-secret.ts';
import { withoutQuery } from './endpoint-url.ts';
import type { WebhookEndpointEntity } from './webhook-endpoint.entity.ts';
import {
  createEndpointError,
  endpointError,
  rotateSecretError,
  updateEndpointError,
} from './webhook-endpoint.errors.ts';
import { WebhookEndpointRepository } from './webhook-endpoint.repository.ts';

export interface EndpointAnswer {
  readonly endpoint: WebhookEndpointEntity | null;
  readonly userErrors: readonly UserError[];
}

/** With what nobody can read again. */
export interface SecretAnswer extends EndpointAnswer {
  readonly secret: string | null;
}

/** An owner has at most so many. */
const mostEndpoints = 20;
const longestOverlapHours = 7 * 24;

type Change = Record<string, unknown>;

const noSuchEndpoint = 'There is no such endpoint.';
const refused = (...userErrors: UserError[]): EndpointAnswer => ({ endpoint: null, userErrors });
const without = (...userErrors: UserError[]): SecretAnswer => ({ endpoint: null, secret: null, userErrors });

/** What the audit log is told of an endpoint. */
const told = ({ url, description, eventTypes }: WebhookEndpointEntity): Change => ({
  url: withoutQuery(url),
  description,
  eventTypes,
});

/** Keeps the addresses at which partners are told: each act in one transaction with its audit entry. */
export class WebhookEndpointService {
  readonly #context: IntegrationsContext;

  constructor(context: IntegrationsContext) {
    this.#context = context;
  }

  /** For the organisation that the person acts for as its ADMIN, otherwise for the shop: the permissions ask for either. */
  async create(wish: Required<EndpointWish>): Promise<SecretAnswer> {
    const problems = problemsOf(wish, createEndpointError, this.#context.addresses);
    if (problems.length > 0) return without(...problems);
    const { viewer, secretBox } = this.#context;
    const owner = this.#owner();
    const id = randomUUID();
    const { secret, sealed } = makeSecret(secretBox, id);
    return inTransaction(this.#context.manager, async (manager) => {
      const endpoints = new WebhookEndpointRepository(manager);
      if ((await endpoints.countOfOwner(owner.organizationId)) >= mostEndpoints)
        return without(createEndpointError('TOO_MANY', ['input'], `An owner has at most ${mostEndpoints} endpoints.`));
      const values = { id, ...owner, ...wishedFor(wish), secret: sealed, createdBy: actorOf(viewer) };
      const endpoint = await endpoints.insert(values);
      await this.#audit(manager, 'webhook-endpoint.create', id, null, { ...owner, ...told(endpoint) });
      return { endpoint, secret, userErrors: [] };
    });
  }

  async update(id: string, wish: EndpointWish): Promise<EndpointAnswer> {
    const problems = problemsOf(wish, updateEndpointError, this.#context.addresses);
    if (problems.length > 0) return refused(...problems);
    const missing = refused(updateEndpointError('NOT_FOUND', ['input', 'id'], noSuchEndpoint));
    return this.#with(id, missing, async (manager, before) => {
      const endpoint = await new WebhookEndpointRepository(manager).update(id, wishedFor(wish));
      await this.#audit(manager, 'webhook-endpoint.update', id, told(before), told(endpoint));
      return { endpoint, userErrors: [] };
    });
  }

  /** Begins anew: how long it failed before counts no more. */
  enable(id: string): Promise<EndpointAnswer> {
    return this.#with(id, this.#missing(), async (manager, before) => {
      if (before.status === 'ENABLED') return { endpoint: before, userErrors: [] };
      const change = { status: 'ENABLED', disabledBecause: null, disabledAt: null, failingSince: null } as const;
      const endpoint = await new WebhookEndpointRepository(manager).update(id, change);
      const { status, disabledBecause: because } = before;
      await this.#audit(manager, 'webhook-endpoint.enable', id, { status, because }, { status: 'ENABLED' });
      return { endpoint, userErrors: [] };
    });
  }

  disable(id: string): Promise<EndpointAnswer> {
    return this.#with(id, this.#missing(), async (manager, before) => {
      if (before.status === 'DISABLED') return { endpoint: before, userErrors: [] };
      return { endpoint: await disableEndpoint(this.#context, manager, before, 'OWNER'), userErrors: [] };
    });
  }

  delete(id: string): Promise<EndpointAnswer> {
    return this.#with(id, this.#missing(), async (manager, endpoint) => {
      await new WebhookEndpointRepository(manager).delete(id);
      await this.#audit(manager, 'webhook-endpoint.delete', id, told(endpoint), null);
      return { endpoint, userErrors: [] };
    });
  }

  /** A new secret, at once. The former one signs too for a while, so that the partner changes over when it likes. */
  async rotate(id: string, overlapHours: number): Promise<SecretAnswer> {
    if (overlapHours < 0 || overlapHours > longestOverlapHours) {
      const message = `An overlap is 0 to ${longestOverlapHours} hours.`;
      return without(rotateSecretError('BAD_OVERLAP', ['overlapHours'], message));
    }
    const missing = without(rotateSecretError('NOT_FOUND', ['id'], noSuchEndpoint));
    return this.#with(id, missing, async (manager, before) => {
      const { secret, sealed } = makeSecret(this.#context.secretBox, id);
      const formerSecretUntil = overlapHours > 0 ? new Date(Date.now() + overlapHours * 3_600_000) : null;
      const formerSecret = formerSecretUntil && before.secret;
      const endpoints = new WebhookEndpointRepository(manager);
      const endpoint = await endpoints.update(id, { secret: sealed, formerSecret, formerSecretUntil });
      await this.#audit(manager, 'webhook-endpoint.secret.rotate', id, null, { formerSecretUntil });
      return { endpoint, secret, userErrors: [] };
    });
  }

  #missing(): EndpointAnswer {
    return refused(endpointError('NOT_FOUND', ['id'], noSuchEndpoint));
  }

  #owner(): { organizationId: string | null; organizationType: OrganizationType } {
    const { viewer } = this.#context;
    const organization = viewer.kind === 'user' && viewer.organization?.role === 'ADMIN' ? viewer.organization : null;
    return organization
      ? { organizationId: organization.id, organizationType: organization.type }
      : { organizationId: null, organizationType: 'SHOP' };
  }

  /** One act on an endpoint of the viewer's, which nobody else changes meanwhile. */
  async #with<Answer>(
    id: string,
    missing: Answer,
    act: (manager: EntityManager, endpoint: WebhookEndpointEntity) => Promise<Answer>,
  ): Promise<Answer> {
    if (!isUUID(id)) return missing;
    return inTransaction(this.#context.manager, async (manager) => {
      const endpoint = await new WebhookEndpointRepository(manager).lock(id, endpointScopeOf(this.#context.viewer));
      return endpoint ? act(manager, endpoint) : missing;
    });
  }

  #audit(manager: EntityManager, action: string, id: string, before: Change | null, after: Change | null) {
    const subject = { type: 'WebhookEndpoint', id };
    return recordAudit(this.#context.jobs, manager, this.#context, { action, subject, before, after });
  }
}
