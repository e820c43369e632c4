import { recordAudit } from '@gastronom/shared/audit';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { isUUID } from '@gastronom/shared/id';
import type { UserError } from '@gastronom/shared/user-error.type';
import type { EntityManager } from 'typeorm';
import { requireBuyer } from '../cart/cart-view.ts';
import { readNote } from '../cart/read-line.ts';
import type { OrdersContext } from '../context.ts';
import { isDay, lineProblems, plainCron, problemsOf, readLines } from './read-standing-order.ts';
import { dayOf, nextTime, type Schedule } from './schedule.ts';
import type { ChangeNextRun, SaveStandingOrder } from './standing-order.command.ts';
import { standingOrderError } from './standing-order.errors.ts';
import { StandingOrderRepository } from './standing-order.repository.ts';
import type { StandingLine, StandingOrderRow, StandingValues } from './standing-order.row.ts';

export interface StandingOutcome {
  readonly standingOrder: StandingOrderRow | null;
  readonly userErrors: readonly UserError[];
}

type Change = (
  known: StandingOrderRow,
  repository: StandingOrderRepository,
  manager: EntityManager,
) => Promise<readonly UserError[]>;

const mostOrders = 100;
const refuse = (...userErrors: readonly UserError[]): StandingOutcome => ({ standingOrder: null, userErrors });
const notFound = (field: string[]) => standingOrderError('NOT_FOUND', field, 'There is no such standing order.');
const tooLate = (field: string[]) =>
  standingOrderError('TOO_LATE', field, 'This time has been placed, or is being placed at this moment.');

/** What a buyer orders again and again, as its people want it. */
export class StandingOrderService {
  readonly #context: OrdersContext;
  readonly #buyer;
  readonly #now: Date;

  constructor(context: OrdersContext) {
    this.#context = context;
    this.#buyer = requireBuyer(context.viewer);
    this.#now = new Date(context.clock());
  }

  /** Makes one, or changes one as a whole. It holds for what has not been ordered yet. */
  async save(input: SaveStandingOrder): Promise<StandingOutcome> {
    const problems = problemsOf(input, this.#now);
    if (problems.length > 0) return refuse(...problems);
    const { lines, errors } = await readLines(this.#context, this.#buyer, input.lines);
    if (errors.length > 0) return refuse(...errors);
    if (input.id == null) return this.#make(input, lines);
    return this.#change(input.id, ['input', 'id'], async (known, repository, manager) => {
      if (input.expectedVersion != null && input.expectedVersion !== known.version)
        return [standingOrderError('CHANGED_MEANWHILE', ['input', 'expectedVersion'], 'Somebody else changed it.')];
      const values = this.#valuesOf(input, lines, known);
      await repository.update(known.id, values);
      // What was said of the next time alone holds while that is the next time.
      if (values.nextAt?.getTime() !== known.nextAt?.getTime()) await repository.moveTo(known.id, values.nextAt);
      await this.#audit(manager, 'standing-order.update', known.id, known, values);
      return [];
    });
  }

  /** Another content for the next time, until that is placed. */
  async changeNext({ standingOrderId, at, lines: wanted, note }: ChangeNextRun): Promise<StandingOutcome> {
    const text = readNote(note, ['input', 'note']);
    const problems = [...text.errors, ...(wanted ? lineProblems(wanted) : [])];
    if (problems.length > 0) return refuse(...problems);
    const { lines, errors } = await readLines(this.#context, this.#buyer, wanted ?? []);
    if (errors.length > 0) return refuse(...errors);
    return this.#change(standingOrderId, ['input', 'standingOrderId'], async (known, repository) => {
      if (at <= this.#now) return [tooLate(['input', 'at'])];
      if (at.getTime() !== known.nextAt?.getTime())
        return [standingOrderError('NOT_NEXT', ['input', 'at'], 'This is not its next time any more.')];
      await repository.changeNext(known.id, lines, text.value, this.#isAdmin());
      return [];
    });
  }

  /** Leaves a day out: that of the next time, or any other that comes. */
  skip(id: string, date: string | null | undefined): Promise<StandingOutcome> {
    return this.#change(id, ['id'], async (known, repository, manager) => {
      const { nextAt, timeZone } = known;
      const day = date ?? (nextAt && dayOf(nextAt, timeZone));
      if (day === null) return [standingOrderError('NOT_NEXT', ['id'], 'It is paused: there is no time to skip.')];
      if (!isDay(day)) return [standingOrderError('BAD_DATE', ['date'], 'Say the day as `2026-12-24`.')];
      const today = dayOf(this.#now, timeZone);
      if (day < today || (nextAt && nextAt <= this.#now && day === dayOf(nextAt, timeZone))) return [tooLate(['date'])];
      const skipDates = [...new Set([...known.skipDates.filter((skipped) => skipped >= today), day])].toSorted();
      await this.#rewrite(manager, repository, known, { ...known, skipDates });
      return [];
    });
  }

  /** Lets it rest, or go on. */
  pause(id: string, isPaused: boolean): Promise<StandingOutcome> {
    return this.#change(id, ['id'], async (known, repository, manager) => {
      if (known.isPaused !== isPaused) await this.#rewrite(manager, repository, known, { ...known, isPaused });
      return [];
    });
  }

  /** Nothing is ordered by it any more; what was ordered stays. One that is gone needs no deleting. */
  async delete(id: string): Promise<void> {
    await this.#change(id, ['id'], async (known, repository, manager) => {
      await repository.delete(id);
      await this.#audit(manager, 'standing-order.delete', known.id, known, null);
      return [];
    });
  }

  #make(input: SaveStandingOrder, lines: StandingLine[]): Promise<StandingOutcome> {
    return inTransaction(this.#context.manager, async (manager) => {
      const repository = new StandingOrderRepository(manager);
      if ((await repository.list(this.#buyer)).length >= mostOrders)
        return refuse(standingOrderError('TOO_MANY', ['input'], `A buyer has at most ${mostOrders} standing orders.`));
      const values = this.#valuesOf(input, lines, null);
      const id = await repository.insert(this.#buyer, values);
      await this.#audit(manager, 'standing-order.create', id, null, values);
      return { standingOrder: await repository.find(id), userErrors: [] };
    });
  }

  #change(id: string, field: string[], change: Change): Promise<StandingOutcome> {
    return inTransaction(this.#context.manager, async (manager) => {
      const repository = new StandingOrderRepository(manager);
      const known = isUUID(id) ? await repository.lock(id) : null;
      if (!known || known.buyerKind !== this.#buyer.kind || known.buyerId !== this.#buyer.id)
        return refuse(notFound(field));
      const userErrors = await change(known, repository, manager);
      return { standingOrder: userErrors.length > 0 ? null : await repository.find(known.id), userErrors };
    });
  }

  /** Days and rest, and with them the next time; whoever says them has not looked at what is ordered. */
  async #rewrite(
    manager: EntityManager,
    repository: StandingOrderRepository,
    known: StandingOrderRow,
    wanted: StandingOrderRow,
  ): Promise<void> {
    const values = { ...wanted, nextAt: this.#nextOf(wanted, known), userId: this.#buyer.userId };
    await repository.update(known.id, values);
    if (values.nextAt?.getTime() !== known.nextAt?.getTime()) await repository.moveTo(known.id, values.nextAt);
    await this.#audit(manager, 'standing-order.update', known.id, known, values);
  }

  #valuesOf(input: SaveStandingOrder, lines: StandingLine[], known: StandingOrderRow | null): StandingValues {
    const isPaused = input.isPaused ?? false;
    const schedule = {
      cron: plainCron(input.cron),
      timeZone: input.timeZone,
      skipDates: [...new Set(input.skipDates ?? [])].toSorted(),
    };
    return {
      ...schedule,
      ...{ isPaused, nextAt: this.#nextOf({ ...schedule, isPaused }, known), userId: this.#buyer.userId },
      name: input.name.trim(),
      note: readNote(input.note, []).value,
      isOfAdmin: this.#isAdmin(),
      lines,
    };
  }

  /** What is due and not placed yet stays due, unless it is paused: it is placed as it is by then. */
  #nextOf(wanted: Schedule & { readonly isPaused: boolean }, known: StandingOrderRow | null): Date | null {
    if (wanted.isPaused) return null;
    return known?.nextAt && known.nextAt <= this.#now ? known.nextAt : nextTime(wanted, this.#now);
  }

  #isAdmin(): boolean {
    const { viewer } = this.#context;
    return viewer.kind === 'user' && viewer.organization?.role === 'ADMIN';
  }

  async #audit(
    manager: EntityManager,
    action: string,
    id: string,
    before: Audited | null,
    after: Audited | null,
  ): Promise<void> {
    const subject = { type: 'StandingOrder', id };
    await recordAudit(this.#context.jobs, manager, this.#context, {
      ...{ action, subject, before: before && audited(before), after: after && audited(after) },
    });
  }
}

type Audited = Pick<StandingOrderRow, 'name' | 'cron' | 'timeZone' | 'skipDates' | 'isPaused' | 'lines'>;

const audited = ({ name, cron, timeZone, skipDates, isPaused, lines }: Audited) => ({
  ...{ name, cron, timeZone, skipDates, isPaused },
  lines: lines.map(({ offerId, quantity }) => ({ offerId, quantity })),
});
