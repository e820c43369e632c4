import { type EntityManager, In } from 'typeorm';
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
    return this.#manager.find(DeliveryWindowEntity, {
      where: { supplierId: In([...supplierIds]) },
      order: { weekday: 'ASC', fromTime: 'ASC' },
    });
  }

  listExceptions(supplierIds: readonly string[]): Promise<DeliveryExceptionEntity[]> {
    return this.#manager.find(DeliveryExceptionEntity, {
      where: { supplierId: In([...supplierIds]) },
      order: { onDate: 'ASC' },
    });
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
