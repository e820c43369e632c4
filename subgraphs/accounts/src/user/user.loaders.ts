import { isUUID } from '@gastronom/shared/id';
import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import type { UserEntity } from './user.entity.ts';
import { UserRepository } from './user.repository.ts';

/** People by their ids; null for what is none. */
export type UserLoader = DataLoader<string, UserEntity | null>;

export const createUserLoader = (manager: EntityManager): UserLoader =>
  new DataLoader(async (ids) => {
    const rows = await new UserRepository(manager).listByIds(ids.filter(isUUID));
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id.toLowerCase()) ?? null);
  });
