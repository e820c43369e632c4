import type { EntityManager } from 'typeorm';
import { type Change, ReservationRepository } from './reservation.repository.ts';

/** A quantity that 1C said, or said again. */
interface CountedRow {
  readonly sku: string;
  readonly warehouseId: string;
}

interface Said {
  readonly actor: string;
  readonly observedAt: string;
}

const changeOf = ({ actor, observedAt }: Said): Change => ({ actor, at: observedAt });

/**
 * What counts mean for goods that were handed over: those stay subtracted until a count shows that they are gone. Within
 * the transaction that writes the count, which has locked its warehouses. Each answers the SKUs of which more or less is
 * held than before.
 */
export class SettlementService {
  readonly #reservations: ReservationRepository;

  constructor(manager: EntityManager) {
    this.#reservations = new ReservationRepository(manager);
  }

  counted(rows: readonly CountedRow[], said: Said): Promise<string[]> {
    return this.#reservations.settleCounted(rows, changeOf(said));
  }

  countedInFull(warehouseIds: readonly string[], said: Said): Promise<string[]> {
    return this.#reservations.settleSnapshot(warehouseIds, changeOf(said));
  }

  /** Goods got another SKU, or stock from under another key. Needs every warehouse locked. */
  async appeared(
    goods: readonly { readonly sku: string; readonly formerSku?: string | null | undefined }[],
    hasMoved: boolean,
    said: Said,
  ): Promise<string[]> {
    const renamed = goods.flatMap(({ sku, formerSku }) => (formerSku && formerSku !== sku ? [{ sku, formerSku }] : []));
    const moved = renamed.length > 0 ? await this.#reservations.moveToNewSkus(renamed, changeOf(said)) : [];
    if (moved.length === 0 && !hasMoved) return [];
    const skus = goods.map(({ sku }) => sku);
    return [...moved, ...(await this.#reservations.resettle(skus, changeOf(said)))];
  }
}
