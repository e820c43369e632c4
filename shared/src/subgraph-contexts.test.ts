import { describe, expect, it } from '@jest/globals';
import type { JobQueue } from './jobs/job-queue.ts';
import { createLogger } from './logger.ts';
import { localBroadcast } from './redis/broadcast.ts';
import type { SubgraphEnvironment, SubgraphRequest } from './subgraph.ts';
import { subgraphContexts } from './subgraph-contexts.ts';

const environment = (): SubgraphEnvironment => ({
  dataSource: {} as SubgraphEnvironment['dataSource'],
  jobs: {} as JobQueue,
  broadcast: localBroadcast(),
  logger: createLogger('bakery', 'silent'),
  subgraphs: (name) => {
    throw new Error(`nobody asks ${name} here`);
  },
});

/** Each environment has an oven of its own, as hot as was chosen. */
function makeContext(_environment: SubgraphEnvironment, degrees = 180) {
  const oven = { degrees };
  return (request: SubgraphRequest) => ({ ...request, oven });
}

const bakery = () => subgraphContexts('bakery', makeContext);

describe('the contexts of a subgraph', () => {
  it('share what was made once for their environment', () => {
    const contexts = bakery();
    const [here, there] = [environment(), environment()];

    const { oven } = contexts.internal(here, 'first');

    expect(oven).toEqual({ degrees: 180 });
    expect(contexts.internal(here, 'second').oven).toBe(oven);
    expect(contexts.internal(there, 'third').oven).not.toBe(oven);
  });

  it('go by what was chosen last', () => {
    const contexts = bakery();
    const here = environment();
    contexts.of(here);

    const chosen = contexts.create(here, 220);

    expect(contexts.of(here)).toBe(chosen);
    expect(contexts.internal(here, 'a job').oven).toEqual({ degrees: 220 });
  });

  it('say that the subgraph itself asks where no request does', () => {
    const here = environment();

    const { viewer, requestId, logger } = bakery().internal(here, 'a job');

    expect({ viewer, requestId }).toEqual({ viewer: { kind: 'internal', name: 'bakery' }, requestId: 'a job' });
    expect(logger).toBe(here.logger);
  });
});
