import { remoteSubgraph } from '@gastronom/shared/remote-subgraph';
import { createSeal } from '@gastronom/shared/sealed-call';
import { remoteSubgraphUrl, subgraphNames } from '@gastronom/shared/subgraph-addresses';
import type { GatewaySettings } from './env.ts';
import { subgraphTimeout } from './graphql/graphql-settings.ts';
import { fleetOf, type SubgraphFleet } from './subgraph-fleet.ts';

/** The same subgraphs, each in its own process, over HTTP. */
export function connectAll(settings: GatewaySettings, secret: string): SubgraphFleet {
  const seal = createSeal(secret);
  return fleetOf(
    new Map(
      subgraphNames.map((name) => [
        name as string,
        remoteSubgraph({
          name,
          url: remoteSubgraphUrl(name, settings),
          timeoutMs: subgraphTimeout(name, settings),
          seal,
          connections: settings.SUBGRAPH_CONNECTIONS,
          sharesQueries: settings.SUBGRAPH_SHARING,
        }),
      ]),
    ),
  );
}
