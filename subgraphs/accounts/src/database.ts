import type { SubgraphDatabase } from '@gastronom/shared/database/subgraph-database';
import { Accounts1763683200000 } from './migrations/1763683200000-accounts.ts';
import { ServiceKeyEntity } from './service-key/service-key.entity.ts';
import { UserEntity } from './user/user.entity.ts';

export const accountsDatabase: SubgraphDatabase = {
  name: 'accounts',
  entities: [UserEntity, ServiceKeyEntity],
  migrations: [Accounts1763683200000],
};
