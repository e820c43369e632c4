import type { Notices } from '@gastronom/commerceml/notices';
import type { Input } from '../reader/input.ts';
import { noOutcomes, type Outcome, type OutcomeCounts } from './outcome-tally.ts';
import type { SyncGraph, SyncPayload } from './sync-graph.ts';
import { untilApplied } from './until-applied.ts';

export interface Declared {
  warehouses: OutcomeCounts;
  categories: OutcomeCounts;
}

const mostAtOnce = 500;

/** A call that came before is answered as it was then; nothing changed this time. */
const outcomeNow = (outcome: Outcome, replayed: boolean): Outcome =>
  replayed && (outcome === 'CREATED' || outcome === 'UPDATED') ? 'UNCHANGED' : outcome;

/** Sends a list in batches and counts what became of its items. A refusal is told and stops nothing. */
async function declare<Item>(
  what: string,
  items: readonly Item[],
  nameOf: (item: Item) => string,
  send: (items: Item[]) => Promise<SyncPayload>,
  notices: Notices,
): Promise<OutcomeCounts> {
  const counts = noOutcomes();
  for (let from = 0; from < items.length; from += mostAtOnce) {
    const batch = items.slice(from, from + mostAtOnce);
    const { replayed, results, userErrors } = await untilApplied(() => send(batch));
    for (const error of userErrors) notices.add(`${what}: ${error.message}`);
    for (const { index, outcome, errors } of results) {
      counts[outcomeNow(outcome, replayed)]++;
      const item = batch[index];
      const [error] = errors;
      if (item && error && userErrors.length === 0) notices.add(`${what} "${nameOf(item)}": ${error.message}`);
    }
  }
  return counts;
}

/** Sends the warehouses and categories that an export declares, before the rows that name them. */
export async function declareAll(
  input: Input,
  { source, observedAt }: { source: string; observedAt: string },
  graph: SyncGraph,
  notices: Notices,
): Promise<Declared> {
  const warehouses = await declare(
    'warehouse',
    input.warehouses,
    ({ name }) => name,
    (items) => graph.syncWarehouses({ source, items }),
    notices,
  );
  const categories = await declare(
    'category',
    input.categories,
    ({ path }) => path.join(' > '),
    (items) => graph.syncCategories({ source, observedAt, items }),
    notices,
  );
  return { warehouses, categories };
}
