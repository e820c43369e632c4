import { DomainError } from '@gastronom/shared/domain-error';
import type { Logger } from '@gastronom/shared/logger';
import { remoteSubgraph } from '@gastronom/shared/remote-subgraph';
import type { SubgraphTransport } from '@gastronom/shared/subgraph';
import { anonymous } from '@gastronom/shared/viewer';
import type { GatewaySettings } from '../env.ts';
import type { RoutedSubgraph } from './routed-subgraphs.ts';

/** A subgraph that knows nothing of us: it has GraphQL, and neither our REST endpoints nor our ways to ask for its health. */
export function foreignSubgraph(
  subgraph: RoutedSubgraph,
  settings: GatewaySettings,
  logger: Logger,
): SubgraphTransport {
  const { name } = subgraph;
  const remote = remoteSubgraph({
    ...subgraph,
    timeoutMs: settings.SUBGRAPH_TIMEOUT_MS,
    connections: settings.SUBGRAPH_CONNECTIONS,
    sharesQueries: settings.SUBGRAPH_SHARING,
  });
  return {
    ...remote,
    rest: () => Promise.reject(new DomainError('NOT_FOUND', `The ${name} subgraph has no REST endpoints.`)),
    checks: () => Promise.resolve({}),
    async ready() {
      await remote.execute({ query: '{ __typename }' }, { viewer: anonymous, requestId: 'ready', logger });
    },
  };
}
