export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Wall-clock seconds of one piece of work. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
}

export const fixed = (value: number, digits = 2): string => value.toFixed(digits);

export const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

/** By how much the second of each pair grows with the first: the line that fits best. */
export function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (place: 0 | 1) => points.reduce((sum, point) => sum + point[place], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const together = points.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0);
  return together / points.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
}
