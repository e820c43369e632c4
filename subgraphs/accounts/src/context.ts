import type { SubgraphEnvironment, SubgraphRequest } from '@gastronom/shared/subgraph';
import type { EntityManager } from 'typeorm';

export interface AccountsContext extends SubgraphRequest {
  readonly manager: EntityManager;
}

export const createAccountsContext =
  ({ dataSource }: SubgraphEnvironment) =>
  (request: SubgraphRequest): AccountsContext => ({ ...request, manager: dataSource.manager });
