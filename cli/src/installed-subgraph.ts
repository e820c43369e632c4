import { definitions } from '@gastronom/gateway/subgraph-definitions';
import { subgraphDataSource, subgraphUrl } from '@gastronom/shared/database/subgraph-database';
import { Jobs, jobsName } from '@gastronom/shared/jobs/job-queue';
import { mountSubgraph } from '@gastronom/shared/local-subgraph';
import { createLogger } from '@gastronom/shared/logger';
import { connectSharedState } from '@gastronom/shared/redis/shared-state';
import { internalSecret } from '@gastronom/shared/secrets';
import type { SubgraphDirectory } from '@gastronom/shared/subgraph';
import { SubgraphClient, type SubgraphCommand } from '@gastronom/shared/subgraph-client';
import type { CliSettings } from './env.ts';
import { withDatabase } from './installation.ts';

/** Lets what was told of the change leave for Redis; without one, gateways look for themselves within seconds. */
async function heard(redis: ReturnType<typeof connectSharedState>['redis']): Promise<void> {
  await redis?.ping().catch(() => {
    process.stderr.write('Redis does not answer: running servers see the change within seconds\n');
  });
}

const alone: SubgraphDirectory = () => {
  throw new Error('one subgraph is on its own here');
};

async function reached(redis: ReturnType<typeof connectSharedState>['redis']): Promise<void> {
  if (!redis || redis.status === 'ready') return;
  const { promise, resolve } = Promise.withResolvers<void>();
  redis.once('ready', () => resolve());
  redis.once('error', () => resolve());
  await promise;
}

/**
 * Gives a command to a subgraph on the installation's own database, without a server: whoever may write to it may do this.
 * Each act stands in the audit log as `internal:cli`.
 */
export function callInstalled<Data>(settings: CliSettings, name: string, command: SubgraphCommand): Promise<Data> {
  const definition = definitions.find((one) => one.name === name);
  if (!definition) throw new Error(`there is no subgraph ${name}`);
  const secret = internalSecret(settings);
  const logger = createLogger('cli', settings.LOG_LEVEL ?? 'silent');
  return withDatabase(settings, async (ownerUrl) => {
    const shared = connectSharedState(settings.REDIS_URL, logger, settings.REDIS_TIMEOUT_MS);
    const stops: (() => Promise<void>)[] = [() => shared.close()];
    try {
      await reached(shared.redis);
      const jobs = await Jobs.start({ url: subgraphUrl(ownerUrl, secret, jobsName), logger, works: false });
      stops.push(() => jobs.stop());
      const url = subgraphUrl(ownerUrl, secret, name);
      const dataSource = await subgraphDataSource(definition.database, { url, poolSize: 1 });
      const { broadcast } = shared;
      const mounted = await mountSubgraph(definition, { dataSource, subgraphs: alone, jobs, broadcast, logger });
      stops.push(() => mounted.close());
      const client = new SubgraphClient(() => mounted, 'cli');
      const answer = await client.call<Data>(name, command, { requestId: 'manage', logger });
      await heard(shared.redis);
      return answer;
    } finally {
      for (const stop of stops.toReversed()) await stop();
    }
  });
}
