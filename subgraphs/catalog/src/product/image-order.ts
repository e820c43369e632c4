/** The pictures that 1C has, those that the shop put in order first. An order may name pictures that 1C dropped since. */
export function orderedImages(urls: readonly string[], order: readonly string[]): readonly string[] {
  if (order.length === 0) return urls;
  const known = new Set(urls);
  const first = order.filter((url) => known.has(url));
  const placed = new Set(first);
  return [...first, ...urls.filter((url) => !placed.has(url))];
}
