import { buildSubgraph, type SubgraphSchema } from '@gastronom/shared/subgraph-schema';
import { permissions } from './permissions.ts';
import { ServiceKeyResolver } from './service-key/service-key.resolver.ts';
import { UserResolver } from './user/user.resolver.ts';

export const buildAccountsSchema = (): Promise<SubgraphSchema> =>
  buildSubgraph({ resolvers: [UserResolver, ServiceKeyResolver], permissions });
