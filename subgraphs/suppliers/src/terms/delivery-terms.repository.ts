import { selectRows } from '@gastronom/shared/database/select-rows';
import type { EntityManager } from 'typeorm';
import { DeliveryExceptionEntity } from './delivery-exception.entity.ts';
import { DeliveryWindowEntity } from './delivery-window.entity.ts';

export type NewWindow = Omit<DeliveryWindowEntity, 'supplierId'>;
export type NewException = Omit<DeliveryExceptionEntity, 'supplierId'>;

export class DeliveryTermsRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  listWindows(supplierIds: readonly string[]): Promise<DeliveryWindowEntity[]> {
    const rest = 'WHERE supplier_id = ANY($1::uuid[]) ORDER BY weekday, from_time';
    return selectRows(this.#manager, DeliveryWindowEntity, rest, [supplierIds]);
  }

  listExceptions(supplierIds: readonly string[]): Promise<DeliveryExceptionEntity[]> {
    const rest = 'WHERE supplier_id = ANY($1::uuid[]) ORDER BY on_date';
    return selectRows(this.#manager, DeliveryExceptionEntity, rest, [supplierIds]);
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
