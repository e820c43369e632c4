import { AggregatorRegistry, Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What this process counts. Names are `gastronom_…` with their unit; labels never hold what a client wrote. */
const registry = new Registry();

/** From half a millisecond to ten seconds: an answer from memory, and one that ran out of time. */
const secondsBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The one of this name, made where it is asked for first: many graphs in a process count together. */
function once<Kind>(name: string, make: () => Kind): Kind {
  return (registry.getSingleMetric(name) as Kind | undefined) ?? make();
}

const shapeOf = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) => ({
  name,
  help,
  labelNames,
  registers: [registry],
});

/** Counts what happened; its name ends in `_total`. */
export const counter = <Label extends string = never>(
  name: string,
  help: string,
  labelNames: readonly Label[] = [],
): Counter<Label> => once(name, () => new Counter(shapeOf(name, help, labelNames)));

/** Says how much there is of something now; over several workers, their sum. */
export const gauge = <Label extends string = never>(
  name: string,
  help: string,
  labelNames: readonly Label[] = [],
): Gauge<Label> => once(name, () => new Gauge(shapeOf(name, help, labelNames)));

/** Counts how often something took how long, in seconds unless other buckets are given. One entry costs about 1 µs. */
export const histogram = <Label extends string = never>(
  name: string,
  help: string,
  labelNames: readonly Label[] = [],
  buckets: readonly number[] = secondsBuckets,
): Histogram<Label> => once(name, () => new Histogram({ ...shapeOf(name, help, labelNames), buckets: [...buckets] }));

const refreshers = new Set<() => void | Promise<void>>();

/** Called each time the metrics are read, for gauges of what is known elsewhere. @returns how to end that. */
export function beforeRead(refresh: () => void | Promise<void>): () => void {
  refreshers.add(refresh);
  return () => {
    refreshers.delete(refresh);
  };
}

let measured = false;

/** Whether somebody may read the metrics: what would cost on each request is left out until then. */
export const isMeasured = (): boolean => measured;

/** From now on metrics are read: those of Node itself (event loop, heap, garbage collection) are collected too. */
export function measure(): void {
  if (measured) return;
  measured = true;
  collectDefaultMetrics({ register: registry });
}

/** The metrics of one process as they travel to the one that adds them up. */
export type MetricsSnapshot = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;

export async function readMetrics(): Promise<MetricsSnapshot> {
  await Promise.all([...refreshers].map((refresh) => refresh()));
  return registry.getMetricsAsJSON();
}

/** Of one process or of several workers, in Prometheus's text form. */
export const printMetrics = (snapshots: MetricsSnapshot[]): Promise<string> =>
  AggregatorRegistry.aggregate(snapshots).metrics();

export const metricsContentType: string = Registry.PROMETHEUS_CONTENT_TYPE;
