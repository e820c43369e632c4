import { isUUID } from '@gastronom/shared/id';
import type { Viewer } from '@gastronom/shared/viewer';
import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import type { OrderEntity } from './order.entity.ts';
import { OrderRepository } from './order.repository.ts';

export type OrderLoader = DataLoader<string, OrderEntity | null>;

/** Orders of others look like none. */
export const createOrderLoader = (manager: EntityManager, viewer: Viewer): OrderLoader =>
  new DataLoader(async (ids) => {
    const rows = await new OrderRepository(manager).visible(ids.filter(isUUID), viewer);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id.toLowerCase()) ?? null);
  });
