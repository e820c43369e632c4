import { counter, histogram, isMeasured } from '@gastronom/shared/metrics';

const operations = counter(
  'gastronom_graphql_operations_total',
  'Operations by their kind (none: what was sent is no operation) and how they ended: ok, partial (data and errors), failed (no data).',
  ['kind', 'outcome'],
);

type Outcome = 'ok' | 'partial' | 'failed';

const outcomeOf = (data: unknown, errors: readonly unknown[] | undefined): Outcome => {
  if (!errors?.length) return 'ok';
  return data === undefined || data === null ? 'failed' : 'partial';
};

/** Counts an operation that was answered. */
export function countOperation(
  kind: 'query' | 'mutation' | 'subscription' | undefined,
  result: { readonly data?: unknown; readonly errors?: readonly unknown[] | undefined },
): void {
  operations.inc({ kind: kind ?? 'none', outcome: outcomeOf(result.data, result.errors) });
}

const fetchSeconds = histogram(
  'gastronom_subgraph_fetch_seconds',
  'How long subgraphs took to answer the gateway, in seconds; those that did not answer at all are failed.',
  ['subgraph', 'outcome'],
);

/** Times what a subgraph is asked, where somebody reads the metrics; elsewhere it is asked as before. */
export function timed<Asked extends unknown[], Answer>(
  subgraph: string,
  ask: (...asked: Asked) => Promise<Answer>,
): (...asked: Asked) => Promise<Answer> {
  if (!isMeasured()) return ask;
  return async (...asked) => {
    const start = performance.now();
    const end = (outcome: string) => fetchSeconds.observe({ subgraph, outcome }, (performance.now() - start) / 1000);
    try {
      const answer = await ask(...asked);
      end('answered');
      return answer;
    } catch (error) {
      end('failed');
      throw error;
    }
  };
}
