import type { SubgraphDirectory, SubgraphTransport } from '@gastronom/shared/subgraph';

/** The ways to all subgraphs, closed together. */
export interface SubgraphFleet {
  readonly directory: SubgraphDirectory;
  readonly transports: ReadonlyMap<string, SubgraphTransport>;
  close(): Promise<void>;
}

export function fleetOf(transports: ReadonlyMap<string, SubgraphTransport>): SubgraphFleet {
  return {
    transports,
    directory(name) {
      const transport = transports.get(name);
      if (!transport) throw new Error(`there is no subgraph ${name}`);
      return transport;
    },
    async close() {
      await Promise.all([...transports.values()].map((transport) => transport.close()));
    },
  };
}
