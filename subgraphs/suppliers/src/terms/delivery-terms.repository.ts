import { selectWithRows } from '@gastronom/shared/database/select-with-rows';
import type { EntityManager } from 'typeorm';
import { SupplierEntity } from '../supplier/supplier.entity.ts';
import { DeliveryExceptionEntity } from './delivery-exception.entity.ts';
import { DeliveryWindowEntity } from './delivery-window.entity.ts';

export type NewWindow = Omit<DeliveryWindowEntity, 'supplierId'>;
/** A supplier, and when it delivers. */
export type DeliveringSupplier = SupplierEntity & {
  readonly windows: DeliveryWindowEntity[];
  readonly exceptions: DeliveryExceptionEntity[];
};

export type NewException = Omit<DeliveryExceptionEntity, 'supplierId'>;

export class DeliveryTermsRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  listSuppliers(ids: readonly string[]): Promise<DeliveringSupplier[]> {
    const ofSupplier = 'WHERE supplier_id = suppliers.id ORDER BY';
    const parts = {
      windows: { entity: DeliveryWindowEntity, rest: `${ofSupplier} weekday, from_time` },
      exceptions: { entity: DeliveryExceptionEntity, rest: `${ofSupplier} on_date` },
    };
    return selectWithRows(this.#manager, SupplierEntity, parts, 'WHERE id = ANY($1::uuid[])', [ids]);
  }

  async replaceWindows(supplierId: string, windows: readonly NewWindow[]): Promise<void> {
    await this.#manager.delete(DeliveryWindowEntity, { supplierId });
    await this.#manager.insert(
      DeliveryWindowEntity,
      windows.map((window) => ({ ...window, supplierId })),
    );
  }

  async replaceExceptions(supplierId: string, exceptions: readonly NewException[]): Promise<void> {
    await this.#manager.delete(DeliveryExceptionEntity, { supplierId });
    await this.#manager.insert(
      DeliveryExceptionEntity,
      exceptions.map((exception) => ({ ...exception, supplierId })),
    );
  }
}
