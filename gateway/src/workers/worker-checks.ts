import type { HealthChecks } from '@gastronom/shared/subgraph';
import type { Place } from './place.ts';

/** Whether the worker that answers has all of its fellows. */
export function workerChecks(place: Place | undefined): HealthChecks {
  if (!place || place.workers === 1) return {};
  const serving = place.serving();
  if (serving >= place.workers) return { workers: { status: 'pass' } };
  return { workers: { status: 'warn', output: `${serving} of ${place.workers} workers serve.` } };
}
