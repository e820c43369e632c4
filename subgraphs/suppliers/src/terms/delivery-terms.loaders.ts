import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import type { DeliveryExceptionEntity } from './delivery-exception.entity.ts';
import { DeliveryTermsRepository } from './delivery-terms.repository.ts';
import type { DeliveryWindowEntity } from './delivery-window.entity.ts';

/** When a supplier delivers, as its rows say. */
export interface DeliveryPlan {
  readonly windows: readonly DeliveryWindowEntity[];
  readonly exceptions: readonly DeliveryExceptionEntity[];
}

export type DeliveryPlanLoader = DataLoader<string, DeliveryPlan>;

/** Any number of suppliers is two statements. */
export const createDeliveryPlanLoader = (manager: EntityManager): DeliveryPlanLoader =>
  new DataLoader(async (ids) => {
    const terms = new DeliveryTermsRepository(manager);
    const windows = Map.groupBy(await terms.listWindows(ids), ({ supplierId }) => supplierId);
    const exceptions = Map.groupBy(await terms.listExceptions(ids), ({ supplierId }) => supplierId);
    return ids.map((id) => ({ windows: windows.get(id) ?? [], exceptions: exceptions.get(id) ?? [] }));
  });
