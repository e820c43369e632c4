import { counter, gauge } from '../metrics.ts';

const retries = counter('gastronom_subgraph_retries_total', 'Calls to subgraphs that were made again.', ['subgraph']);
const shared = counter(
  'gastronom_subgraph_shared_calls_total',
  'Operations that waited for the call of another that asked the same.',
  ['subgraph'],
);
const refused = counter(
  'gastronom_subgraph_refused_calls_total',
  'Calls that were not made, since the subgraph is left alone until it is well.',
  ['subgraph'],
);
const open = gauge('gastronom_subgraph_breaker_open', 'Whether a subgraph is left alone: 1, else 0.', ['subgraph']);

/** What is counted of one subgraph, ready to be counted. */
export function remoteMetrics(subgraph: string) {
  const opened = open.labels(subgraph);
  opened.set(0);
  return {
    retries: retries.labels(subgraph),
    shared: shared.labels(subgraph),
    refused: refused.labels(subgraph),
    breaker: (isOpen: boolean) => opened.set(isOpen ? 1 : 0),
  };
}
