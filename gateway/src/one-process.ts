import { isPooled, subgraphDataSource, subgraphUrl } from '@gastronom/shared/database/subgraph-database';
import { Jobs, jobsName } from '@gastronom/shared/jobs/job-queue';
import { mountSubgraph } from '@gastronom/shared/local-subgraph';
import type { Logger } from '@gastronom/shared/logger';
import { type Broadcast, localBroadcast } from '@gastronom/shared/redis/broadcast';
import type {
  SubgraphDefinition,
  SubgraphDirectory,
  SubgraphEnvironment,
  SubgraphTransport,
} from '@gastronom/shared/subgraph';
import { fleetOf, type SubgraphFleet } from './subgraph-fleet.ts';

export interface OneProcessOptions {
  readonly databaseUrl: string;
  readonly secret: string;
  /** The same database without a pooler, for the job queue; `databaseUrl` unless given. */
  readonly directUrl?: string | undefined;
  readonly poolSize: number;
  /** Whether jobs are done here; they are, unless said otherwise. */
  readonly worksJobs?: boolean;
  readonly logger: Logger;
  /** To other processes; within this one, unless said otherwise. */
  readonly broadcast?: Broadcast;
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
  const jobs = await Jobs.start({
    url: subgraphUrl(options.directUrl ?? options.databaseUrl, options.secret, jobsName),
    logger: options.logger.child({ part: 'jobs' }),
    works: options.worksJobs ?? true,
  });
  const fleet = fleetOf(transports, () => jobs.stop());
  try {
    const { directory = fleet.directory, broadcast = localBroadcast() } = options;
    await mountInto(transports, definitions, { ...options, directory, broadcast, jobs });
    return fleet;
  } catch (error) {
    await fleet.close();
    throw error;
  }
}

async function mountInto(
  transports: Map<string, SubgraphTransport>,
  definitions: readonly SubgraphDefinition[],
  options: Required<Pick<OneProcessOptions, 'directory' | 'broadcast'>> & OneProcessOptions & { readonly jobs: Jobs },
): Promise<void> {
  const { directory, jobs, broadcast, onStatement } = options;
  const environments = new Map<SubgraphDefinition, SubgraphEnvironment>();
  await Promise.all(
    definitions.map(async (definition) => {
      const { name, database } = definition;
      const url = subgraphUrl(options.databaseUrl, options.secret, name);
      const listen = onStatement ? { onStatement: (sql: string) => onStatement(name, sql) } : {};
      const pooled = { poolSize: options.poolSize, isPooled: isPooled(options.databaseUrl, options.directUrl) };
      const dataSource = await subgraphDataSource(database, { url, ...pooled, ...listen });
      const logger = options.logger.child({ subgraph: name });
      const environment = { dataSource, subgraphs: directory, jobs, broadcast, logger };
      environments.set(definition, environment);
      transports.set(name, await mountSubgraph(definition, environment));
    }),
  );
  if (options.worksJobs === false) return;
  // A job may call any subgraph, so that all are there before the first is done.
  for (const [definition, environment] of environments) await jobs.work(definition.createWorker?.(environment) ?? []);
}
