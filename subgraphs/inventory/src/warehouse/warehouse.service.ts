import { recordAudit } from '@gastronom/shared/audit';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { canonicalExternalId, findByExternalId } from '@gastronom/shared/external-id';
import { isStorable } from '@gastronom/shared/storable-text';
import type { UserError } from '@gastronom/shared/user-error.type';
import type { EntityManager } from 'typeorm';
import type { InventoryContext } from '../context.ts';
import { applied, type RowResult, rejected } from '../row-result.ts';
import type { WarehouseEntity } from './warehouse.entity.ts';
import { warehouseError } from './warehouse.errors.ts';
import { WarehouseRepository } from './warehouse.repository.ts';
import type { WarehouseRow } from './warehouse-batch.ts';

const limits = { name: 200, externalId: 100, address: 500 } as const;
/** A year. */
const mostFreshMinutes = 525_600;

/** What staff decide, and the audit log tells of. */
const toldColumns = ['name', 'externalId', 'address', 'isDefault', 'freshMinutes'] as const;

export interface WarehouseOutcome {
  readonly warehouse: WarehouseEntity | null;
  readonly userErrors: UserError[];
}

export interface WarehouseRequest {
  readonly name: string;
  readonly externalId: string;
  readonly address?: string | null;
  readonly isDefault?: boolean | null;
  readonly freshMinutes?: number | null;
}

/** What is to change; null clears what can be without. */
export type WarehouseEdit = Partial<Omit<WarehouseRequest, 'externalId' | 'isDefault'>> & {
  readonly isDefault?: boolean;
};

interface Problem {
  readonly code: 'BAD_NAME' | 'BAD_EXTERNAL_ID' | 'BAD_ADDRESS' | 'BAD_FRESH_MINUTES';
  readonly field: keyof typeof limits | 'freshMinutes';
  readonly message: string;
}

const fits = (text: string, limit: number) => text.length >= 1 && text.length <= limit && isStorable(text);

const isFreshMinutes = (minutes: number) =>
  minutes > 0 && minutes <= mostFreshMinutes && Number(minutes.toFixed(3)) === minutes;

type Given = Partial<Record<keyof typeof limits, string | null | undefined>> & {
  readonly freshMinutes?: number | null | undefined;
};

/** What is wrong with what is said of a warehouse, whoever says it. */
function problemsOf({ name, externalId, address, freshMinutes }: Given): Problem[] {
  const problems: Problem[] = [];
  if (name !== undefined && !fits(name?.trim() ?? '', limits.name))
    problems.push({ code: 'BAD_NAME', field: 'name', message: `A name has 1 to ${limits.name} characters.` });
  if (externalId !== undefined && !fits(externalId?.trim() ?? '', limits.externalId)) {
    const message = `An external id has 1 to ${limits.externalId} characters.`;
    problems.push({ code: 'BAD_EXTERNAL_ID', field: 'externalId', message });
  }
  if (address && (address.trim().length > limits.address || !isStorable(address))) {
    const message = `An address has at most ${limits.address} characters.`;
    problems.push({ code: 'BAD_ADDRESS', field: 'address', message });
  }
  if (freshMinutes != null && !isFreshMinutes(freshMinutes)) {
    const message = `A count is fresh for more than 0 and at most ${mostFreshMinutes} minutes, with at most 3 decimals.`;
    problems.push({ code: 'BAD_FRESH_MINUTES', field: 'freshMinutes', message });
  }
  return problems;
}

const asUserErrors = (problems: readonly Problem[]) =>
  problems.map(({ code, field, message }) => warehouseError(code, ['input', field], message));

/** As the column takes it; nothing where nothing was said. */
const minutes = (freshMinutes: number | null | undefined) =>
  freshMinutes === undefined ? {} : { freshMinutes: freshMinutes === null ? null : String(freshMinutes) };

const refused = (...userErrors: UserError[]): WarehouseOutcome => ({ warehouse: null, userErrors });

export class WarehouseService {
  readonly #context: InventoryContext;

  constructor(context: InventoryContext) {
    this.#context = context;
  }

  async create(request: WarehouseRequest): Promise<WarehouseOutcome> {
    const { name, externalId, address, isDefault, freshMinutes } = request;
    const problems = problemsOf(request);
    if (problems.length > 0) return refused(...asUserErrors(problems));
    return inTransaction(this.#context.manager, async (manager) => {
      const warehouses = new WarehouseRepository(manager);
      const row = {
        name: name.trim(),
        externalId: externalId.trim(),
        address: address?.trim() || null,
        ...minutes(freshMinutes),
      };
      // The default can go from one to another only while nobody else moves it.
      if (isDefault) await warehouses.lock();
      const [made] = await warehouses.insertIfNew([row]);
      if (!made)
        return refused(warehouseError('TAKEN', ['input', 'externalId'], 'A warehouse with this external id exists.'));
      if (isDefault) await this.#moveDefault(warehouses, made.id);
      const warehouse = await warehouses.findById(made.id);
      await this.#record(manager, 'warehouse.create', null, warehouse);
      return { warehouse, userErrors: [] };
    });
  }

  async update(id: string, given: WarehouseEdit): Promise<WarehouseOutcome> {
    const problems = problemsOf(given);
    if (problems.length > 0) return refused(...asUserErrors(problems));
    return inTransaction(this.#context.manager, async (manager) => {
      const warehouses = new WarehouseRepository(manager);
      const known = (await warehouses.lock()).find((warehouse) => warehouse.id === id);
      if (!known) return refused(warehouseError('NOT_FOUND', ['input', 'id'], 'There is no such warehouse.'));
      if (given.isDefault === false && known.isDefault) {
        const message = 'One warehouse must be the default: make another the default instead.';
        return refused(warehouseError('DEFAULT_NEEDED', ['input', 'isDefault'], message));
      }
      const { name, address, freshMinutes } = given;
      await warehouses.update(id, {
        ...(name === undefined ? {} : { name: name.trim() }),
        ...(address === undefined ? {} : { address: address?.trim() || null }),
        ...minutes(freshMinutes),
      });
      if (given.isDefault) await this.#moveDefault(warehouses, id);
      const warehouse = await warehouses.findById(id);
      await this.#record(manager, 'warehouse.update', known, warehouse);
      return { warehouse, userErrors: [] };
    });
  }

  /** Makes and renames warehouses as 1C names them. Those that it does not name stay. */
  async apply(rows: readonly WarehouseRow[]): Promise<RowResult[]> {
    return inTransaction(this.#context.manager, async (manager) => {
      const warehouses = new WarehouseRepository(manager);
      const known = await warehouses.lock();
      const { results, toInsert, toUpdate } = judgeWarehouses(rows, known);
      if (toInsert.length > 0) await warehouses.insertIfNew(toInsert);
      if (toUpdate.length > 0) await warehouses.updateMany(toUpdate);
      return results;
    });
  }

  /** Tells what became other than it was; nothing where nothing did. */
  async #record(
    manager: EntityManager,
    action: 'warehouse.create' | 'warehouse.update',
    before: WarehouseEntity | null,
    after: WarehouseEntity | null,
  ): Promise<void> {
    if (!after) return;
    const changed = toldColumns.filter((column) => before?.[column] !== after[column]);
    if (changed.length === 0) return;
    const told = (warehouse: WarehouseEntity) => Object.fromEntries(changed.map((name) => [name, warehouse[name]]));
    await recordAudit(this.#context.jobs, manager, this.#context, {
      action,
      subject: { type: 'Warehouse', id: after.id },
      before: before && told(before),
      after: told(after),
    });
  }

  async #moveDefault(warehouses: WarehouseRepository, id: string): Promise<void> {
    await warehouses.clearDefault();
    await warehouses.update(id, { isDefault: true });
  }
}

type Texts = Pick<WarehouseEntity, 'name' | 'externalId' | 'address'>;

/** Decides what becomes of each row; every warehouse is named once at most. */
function judgeWarehouses(rows: readonly WarehouseRow[], known: readonly WarehouseEntity[]) {
  const results: RowResult[] = [];
  const toInsert: Texts[] = [];
  const toUpdate: (Texts & { readonly id: string })[] = [];
  const named = new Set<string>();
  for (const { index, externalId, name, address } of rows) {
    const [problem] = problemsOf({ externalId, name, address });
    const match = findByExternalId(known, externalId);
    const identity = match?.id ?? `new ${canonicalExternalId(externalId)}`;
    if (problem) results.push(rejected(index, null, problem.code, problem.field, problem.message));
    else if (named.has(identity)) {
      const message = 'An earlier row of this batch names the same warehouse.';
      results.push(rejected(index, null, 'DUPLICATE_IN_BATCH', 'externalId', message));
    } else {
      named.add(identity);
      const texts = {
        externalId: externalId.trim(),
        name: name.trim(),
        address: address === undefined ? (match?.address ?? null) : address?.trim() || null,
      };
      const same = match && match.name === texts.name && match.address === texts.address;
      if (!match) toInsert.push(texts);
      else if (!same) toUpdate.push({ ...texts, id: match.id });
      results.push(applied(index, null, match ? (same ? 'UNCHANGED' : 'UPDATED') : 'CREATED'));
    }
  }
  return { results, toInsert, toUpdate };
}
