import type { SubgraphDatabase } from '@gastronom/shared/database/subgraph-database';
import { Suppliers1763683450000 } from './migrations/1763683450000-suppliers.ts';
import { SupplierEntity } from './supplier/supplier.entity.ts';

export const suppliersDatabase: SubgraphDatabase = {
  name: 'suppliers',
  entities: [SupplierEntity],
  migrations: [Suppliers1763683450000],
};
