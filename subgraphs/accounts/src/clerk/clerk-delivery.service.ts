import { DomainError } from '@gastronom/shared/domain-error';
import { type Act, act } from '../act.ts';
import type { AccountsContext } from '../context.ts';
import type { ClerkDeliveryOutcome } from './clerk-delivery.entity.ts';
import { ClerkDeliveryRepository } from './clerk-delivery.repository.ts';
import { envelopeSchema, readEvent, UnreadableEventError } from './clerk-event.ts';
import { applyMembership, endMembership } from './membership-events.ts';
import { applyInvitation, applyOrganization, deleteOrganization } from './organization-events.ts';
import { applyUser, deleteUser, endSession } from './user-events.ts';

/** @returns whether it changed anything: false where something later was applied before. */
type ApplyEvent = (act: Act, data: unknown, at: Date) => Promise<boolean>;

const handlers: ReadonlyMap<string, ApplyEvent> = new Map<string, ApplyEvent>([
  ['user.created', applyUser],
  ['user.updated', applyUser],
  ['user.deleted', deleteUser],
  ['session.ended', endSession],
  ['session.removed', endSession],
  ['session.revoked', endSession],
  ['organization.created', applyOrganization],
  ['organization.updated', applyOrganization],
  ['organization.deleted', deleteOrganization],
  ['organizationMembership.created', applyMembership],
  ['organizationMembership.updated', applyMembership],
  ['organizationMembership.deleted', endMembership],
  ['organizationInvitation.created', applyInvitation('PENDING')],
  ['organizationInvitation.accepted', applyInvitation('ACCEPTED')],
  ['organizationInvitation.revoked', applyInvitation('REVOKED')],
]);

export interface ClerkMessage {
  /** The same each time that it is sent. */
  readonly id: string;
  readonly body: unknown;
}

/**
 * Applies what Clerk tells, once for each message, in one transaction with the note that it was. A crash in the midst of
 * it leaves nothing, and Clerk sends it again. So it does with what could not be read, until a newer version of ours can.
 */
export class ClerkDeliveryService {
  readonly #context: AccountsContext;

  constructor(context: AccountsContext) {
    this.#context = { ...context, viewer: { kind: 'internal', name: 'clerk' } };
  }

  async receive({ id, body }: ClerkMessage): Promise<ClerkDeliveryOutcome | 'REPEATED'> {
    let type = '';
    try {
      const { data, timestamp, ...envelope } = readEvent(envelopeSchema, body);
      type = envelope.type;
      return await act(this.#context, (one) => this.#apply(one, id, type, data, new Date(timestamp ?? Date.now())));
    } catch (error) {
      if (!(error instanceof UnreadableEventError)) throw error;
      await new ClerkDeliveryRepository(this.#context.manager).fail(id, type, error.message);
      this.#context.logger.error({ type, failure: error.message }, 'an event of Clerk cannot be read');
      throw new DomainError('BAD_REQUEST', `The event cannot be read: ${error.message}`);
    }
  }

  async #apply(
    one: Act,
    id: string,
    type: string,
    data: unknown,
    at: Date,
  ): Promise<ClerkDeliveryOutcome | 'REPEATED'> {
    const deliveries = new ClerkDeliveryRepository(one.manager);
    if (!(await deliveries.begin(id, type))) return 'REPEATED';
    const handler = handlers.get(type);
    const outcome = !handler ? 'IGNORED' : (await handler(one, data, at)) ? 'APPLIED' : 'STALE';
    if (outcome !== 'APPLIED') await deliveries.settle(id, outcome);
    return outcome;
  }
}
