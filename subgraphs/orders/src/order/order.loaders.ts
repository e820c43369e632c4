import { isUUID } from '@gastronom/shared/id';
import type { Viewer } from '@gastronom/shared/viewer';
import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import type { OrderEntity } from './order.entity.ts';
import { OrderRepository } from './order.repository.ts';

export type OrderLoader = DataLoader<string, OrderEntity | null>;

/** Orders of others look like none. */
export const createOrderLoader = (manager: EntityManager, viewer: Viewer): OrderLoader =>
  loaderOf((ids) => new OrderRepository(manager).visible(ids, viewer));

/** Whosever they are, for what their parts tell of them to suppliers: who buys, and under which number. */
export const createAnyOrderLoader = (manager: EntityManager): OrderLoader =>
  loaderOf((ids) => new OrderRepository(manager).listByIds(ids));

const loaderOf = (list: (ids: readonly string[]) => Promise<OrderEntity[]>): OrderLoader =>
  new DataLoader(async (keys) => {
    const ids = keys.filter(isUUID);
    const rows = new Map((ids.length > 0 ? await list(ids) : []).map((row) => [row.id, row]));
    return keys.map((id) => rows.get(id.toLowerCase()) ?? null);
  });
