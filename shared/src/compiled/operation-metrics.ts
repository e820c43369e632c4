import { beforeRead, counter, gauge } from '../metrics.ts';
import type { OperationRunner, Way } from './operation-runner.ts';

const operations = counter(
  'gastronom_subgraph_operations_total',
  'Operations that a subgraph ran in this process: compiled, or interpreted by graphql-js.',
  ['subgraph', 'way'],
);

const remembered = gauge(
  'gastronom_subgraph_operations_remembered',
  'Operations whose text is known to a subgraph in this process: parsed and validated, and compiled.',
  ['subgraph', 'as'],
);

export interface OperationCounts {
  /** Costs an addition: the metric hears of it when somebody reads it. */
  count(way: Way): void;
  watch(runner: OperationRunner): void;
  end(): void;
}

export function countOperations(subgraph: string): OperationCounts {
  const counts = { compiled: 0, interpreted: 0 };
  let watched: OperationRunner | undefined;
  const tell = (): void => {
    for (const way of ['compiled', 'interpreted'] as const) {
      operations.inc({ subgraph, way }, counts[way]);
      counts[way] = 0;
    }
    if (!watched) return;
    remembered.set({ subgraph, as: 'document' }, watched.sizes.documents);
    remembered.set({ subgraph, as: 'code' }, watched.sizes.compiled);
  };
  const forget = beforeRead(tell);
  return {
    count(way) {
      counts[way]++;
    },
    watch(runner) {
      watched = runner;
    },
    end() {
      tell();
      forget();
    },
  };
}
