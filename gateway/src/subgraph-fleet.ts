import type { SubgraphDirectory, SubgraphTransport } from '@gastronom/shared/subgraph';

/** The ways to all subgraphs, closed together. */
export interface SubgraphFleet {
  readonly directory: SubgraphDirectory;
  readonly transports: ReadonlyMap<string, SubgraphTransport>;
  /** May be called again: it is done once. */
  close(): Promise<void>;
}

/** @param before what is to end before the ways are closed. */
export function fleetOf(
  transports: ReadonlyMap<string, SubgraphTransport>,
  before: () => Promise<void> = () => Promise.resolve(),
): SubgraphFleet {
  let closed: Promise<void> | undefined;
  const close = async () => {
    await before();
    await Promise.all([...transports.values()].map((transport) => transport.close()));
  };
  return {
    transports,
    directory(name) {
      const transport = transports.get(name);
      if (!transport) throw new Error(`there is no subgraph ${name}`);
      return transport;
    },
    close() {
      closed ??= close();
      return closed;
    },
  };
}
