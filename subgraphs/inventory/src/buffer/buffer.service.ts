import { recordAudit } from '@gastronom/shared/audit';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { isUUID } from '@gastronom/shared/id';
import { isStorable } from '@gastronom/shared/storable-text';
import type { UserError } from '@gastronom/shared/user-error.type';
import { actorOf } from '@gastronom/shared/viewer';
import type { EntityManager } from 'typeorm';
import { announceAll, announceAvailability } from '../availability/announce-availability.ts';
import { CatalogClient } from '../catalog/catalog.client.ts';
import type { InventoryContext } from '../context.ts';
import type { BufferEntity, BufferScope } from './buffer.entity.ts';
import { bufferError } from './buffer.errors.ts';
import { BufferRepository, type BufferStep, type BufferTarget } from './buffer.repository.ts';

const largest = 1_000_000;

/** A buffer as it holds; one that comes from the settings was set by nobody. */
export type EffectiveBuffer = Pick<BufferEntity, 'scope' | 'target' | 'quantity'> & {
  readonly updatedBy: string | null;
  readonly updatedAt: Date | null;
};

export interface BufferOutcome {
  readonly buffer: EffectiveBuffer | null;
  readonly userErrors: UserError[];
}

export interface QuantityProblem {
  readonly code: 'NEGATIVE' | 'TOO_LARGE' | 'TOO_PRECISE';
  readonly message: string;
}

/** Why a quantity cannot be a buffer. */
export function bufferProblem(quantity: number): QuantityProblem | undefined {
  if (quantity < 0) return { code: 'NEGATIVE', message: 'A buffer is not negative: 0 keeps nothing back.' };
  if (quantity > largest) return { code: 'TOO_LARGE', message: 'A buffer is 1,000,000 at most.' };
  if (Number(quantity.toFixed(3)) !== quantity)
    return { code: 'TOO_PRECISE', message: 'A buffer has at most 3 decimals.' };
  return undefined;
}

/** Buffers: what holds, and how staff change it. */
export class BufferService {
  readonly #context: InventoryContext;
  readonly #buffers: BufferRepository;

  constructor(context: InventoryContext) {
    this.#context = context;
    this.#buffers = new BufferRepository(context.manager);
  }

  async getGlobal(): Promise<EffectiveBuffer> {
    const known = await this.#buffers.find({ scope: 'GLOBAL', target: '' });
    const { bufferDefault } = this.#context.settings;
    return known ?? { scope: 'GLOBAL', target: '', quantity: String(bufferDefault), updatedBy: null, updatedAt: null };
  }

  async setGlobal(quantity: number | null | undefined): Promise<BufferOutcome> {
    const outcome = await this.#set('GLOBAL', '', quantity);
    return outcome.userErrors.length > 0 ? outcome : { buffer: await this.getGlobal(), userErrors: [] };
  }

  /** The catalogue is asked only when an override is set: one of a category that is gone can be cleared. */
  async setCategory(categoryId: string, quantity: number | null | undefined): Promise<BufferOutcome> {
    const id = categoryId.toLowerCase();
    const known = isUUID(id) && (quantity == null || (await this.#catalog.hasCategory(id)));
    if (known) return this.#set('CATEGORY', id, quantity);
    const message = 'There is no such category.';
    return { buffer: null, userErrors: [bufferError('UNKNOWN_CATEGORY', ['input', 'categoryId'], message)] };
  }

  async setProduct(sku: string, quantity: number | null | undefined): Promise<BufferOutcome> {
    const code = sku.trim();
    const known = code !== '' && isStorable(code) && (quantity == null || (await this.#catalog.hasProduct(code)));
    if (known) return this.#set('PRODUCT', code, quantity);
    const message = 'The catalogue knows no good with this SKU.';
    return { buffer: null, userErrors: [bufferError('UNKNOWN_PRODUCT', ['input', 'sku'], message)] };
  }

  get #catalog(): CatalogClient {
    return new CatalogClient(this.#context);
  }

  async #set(scope: BufferScope, target: string, quantity: number | null | undefined): Promise<BufferOutcome> {
    const problem = quantity == null ? undefined : bufferProblem(quantity);
    if (problem) {
      return { buffer: null, userErrors: [bufferError(problem.code, ['input', 'quantity'], problem.message)] };
    }
    await inTransaction(this.#context.manager, async (manager) => {
      const buffers = new BufferRepository(manager);
      const step = await buffers.upsert({ scope, target }, quantity ?? null, actorOf(this.#context.viewer));
      if (step) await this.#tell(manager, { scope, target }, step);
    });
    return { buffer: await this.#buffers.find({ scope, target }), userErrors: [] };
  }

  async #tell(manager: EntityManager, { scope, target }: BufferTarget, { from, to }: BufferStep): Promise<void> {
    const { jobs } = this.#context;
    await (scope === 'PRODUCT' ? announceAvailability(jobs, manager, [target]) : announceAll(jobs, manager));
    await recordAudit(jobs, manager, this.#context, {
      action: to === null ? 'buffer.clear' : 'buffer.set',
      subject: { type: 'StockBuffer', id: target ? `${scope}:${target}` : scope },
      before: from === null ? null : { quantity: from },
      after: to === null ? null : { quantity: to },
    });
  }
}
