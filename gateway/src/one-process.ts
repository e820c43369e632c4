import { subgraphDataSource, subgraphUrl } from '@gastronom/shared/database/subgraph-database';
import { mountSubgraph } from '@gastronom/shared/local-subgraph';
import type { Logger } from '@gastronom/shared/logger';
import type { SubgraphDefinition, SubgraphDirectory, SubgraphTransport } from '@gastronom/shared/subgraph';
import { fleetOf, type SubgraphFleet } from './subgraph-fleet.ts';

export interface OneProcessOptions {
  readonly databaseUrl: string;
  readonly secret: string;
  readonly poolSize: number;
  readonly logger: Logger;
  /** How the subgraphs reach one another; directly, unless said otherwise. */
  readonly directory?: SubgraphDirectory;
  /** Told of each SQL statement of each subgraph, for tests and benches that count. */
  readonly onStatement?: (subgraph: string, sql: string) => void;
}

/** All subgraphs in this process, each with its own pool as its own database role. */
export async function mountAll(
  definitions: readonly SubgraphDefinition[],
  options: OneProcessOptions,
): Promise<SubgraphFleet> {
  const transports = new Map<string, SubgraphTransport>();
  const fleet = fleetOf(transports);
  await Promise.all(
    definitions.map(async (definition) => {
      const { name, database } = definition;
      const url = subgraphUrl(options.databaseUrl, options.secret, name);
      const { onStatement } = options;
      const listen = onStatement ? { onStatement: (sql: string) => onStatement(name, sql) } : {};
      const dataSource = await subgraphDataSource(database, { url, poolSize: options.poolSize, ...listen });
      const logger = options.logger.child({ subgraph: name });
      transports.set(
        name,
        await mountSubgraph(definition, { dataSource, subgraphs: options.directory ?? fleet.directory, logger }),
      );
    }),
  );
  return fleet;
}
