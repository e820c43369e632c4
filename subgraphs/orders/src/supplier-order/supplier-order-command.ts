import { recordAudit } from '@gastronom/shared/audit';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { isUUID } from '@gastronom/shared/id';
import type { UserError } from '@gastronom/shared/user-error.type';
import { actorOf } from '@gastronom/shared/viewer';
import type { OrdersContext } from '../context.ts';
import { FulfilmentRepository, type HeldPart } from './fulfilment.repository.ts';
import { type Party, partiesOf } from './party.ts';
import { refuse, refusedBy } from './refusal.ts';
import { type Step, type Stepping, takeStep } from './step.ts';
import type { SupplierOrderEntity, SupplierOrderStatus } from './supplier-order.entity.ts';
import { type Command, supplierOrderTransitions } from './transitions.ts';

export interface SupplierOrderOutcome {
  readonly supplierOrder: SupplierOrderEntity | null;
  readonly userErrors: readonly UserError[];
}

/** A part in the hands of a command: held until its transaction ends. */
export class PartInHand implements HeldPart {
  readonly order;
  readonly part;
  readonly lines;
  readonly repository: FulfilmentRepository;
  readonly stepping: Omit<Stepping, 'party'>;

  constructor(
    held: HeldPart,
    readonly context: OrdersContext,
    readonly parties: readonly Party[],
    manager: Stepping['manager'],
  ) {
    this.order = held.order;
    this.part = held.part;
    this.lines = held.lines;
    this.repository = new FulfilmentRepository(manager);
    const { jobs, viewer, clock } = context;
    this.stepping = { manager, jobs, actor: actorOf(viewer), at: new Date(clock()) };
  }

  get manager() {
    return this.stepping.manager;
  }

  /** On which side the viewer may give this command now; refused where on none. */
  partyFor(command: Command, to?: SupplierOrderStatus): Party {
    const { status, number } = this.part;
    const steps = supplierOrderTransitions.filter(
      (one) => one.command === command && one.from === status && (!to || one.to === to),
    );
    const party = this.parties.find((one) => steps.some(({ by }) => by.includes(one)));
    if (party) return party;
    const verb = command.toLowerCase().replaceAll('_', ' ');
    throw refuse('NOT_ALLOWED', ['supplierOrderId'], `${number} is ${status}: you cannot ${verb} it.`);
  }

  take(party: Party, step: Step): Promise<SupplierOrderEntity> {
    return takeStep({ ...this.stepping, party }, this, step);
  }

  /** Tells the audit log of a sensitive step. */
  audit(action: string, reason: string | null, to: SupplierOrderEntity): Promise<void> {
    const subject = { type: 'SupplierOrder', id: this.part.id };
    const before = { status: this.part.status };
    return recordAudit(this.context.jobs, this.manager, this.context, {
      action,
      subject,
      before,
      after: { status: to.status, ...(reason === null ? {} : { reason }) },
    });
  }
}

export interface CommandTarget {
  readonly supplierOrderId: string;
  /** What the caller saw last; null leaves it to the order's status alone. */
  readonly version?: number | null | undefined;
}

/** A command that changes nothing any more says so before its version is looked at: it may have come twice. */
export interface SupplierOrderWork {
  isDone?(hand: PartInHand): boolean | Promise<boolean>;
  run(hand: PartInHand): Promise<SupplierOrderEntity>;
}

/** Finds and locks a part for the viewer. Those of others do not exist. */
export async function takeInHand(
  context: OrdersContext,
  manager: Stepping['manager'],
  supplierOrderId: string,
): Promise<PartInHand> {
  const held = isUUID(supplierOrderId) ? await new FulfilmentRepository(manager).hold(supplierOrderId) : null;
  const parties = held ? partiesOf(context.viewer, held.order, held.part) : [];
  // What was not placed yet is the placing's own, and no supplier knows of it.
  const isVisible = held && parties.length > 0 && (held.part.status !== 'PENDING' || !isSupplierAlone(parties));
  if (!isVisible) throw refuse('NOT_FOUND', ['supplierOrderId'], 'There is no such order.');
  return new PartInHand(held, context, parties, manager);
}

const isSupplierAlone = (parties: readonly Party[]): boolean => parties.every((party) => party === 'SUPPLIER');

export function checkVersion({ part }: HeldPart, version: number | null | undefined): void {
  if (version == null || version === part.version) return;
  const message = `${part.number} is at version ${part.version} now, and ${part.status}.`;
  throw refuse('CHANGED_MEANWHILE', ['version'], message);
}

/** Runs one command on a supplier's order as one transaction. */
export async function commandSupplierOrder(
  context: OrdersContext,
  { supplierOrderId, version }: CommandTarget,
  { isDone, run }: SupplierOrderWork,
): Promise<SupplierOrderOutcome> {
  try {
    const supplierOrder = await inTransaction(context.manager, async (manager) => {
      const hand = await takeInHand(context, manager, supplierOrderId);
      if (await isDone?.(hand)) return hand.part;
      checkVersion(hand, version);
      return run(hand);
    });
    context.loaders.supplierOrders.lines.clear(supplierOrder.id);
    return { supplierOrder, userErrors: [] };
  } catch (error) {
    return { supplierOrder: null, userErrors: refusedBy(error) };
  }
}
