/** 1C pads its numeric codes with zeros, or drops them: `1`, `001` and `000000001` are one code. GUIDs stand as they are. */
export function canonicalExternalId(externalId: string): string {
  const text = externalId.trim().toLowerCase();
  return /^\d+$/.test(text) ? text.replace(/^0+(?=\d)/, '') : text;
}

/**
 * What 1C means by a code: the one that is written exactly so, else the only one that differs by leading zeros or by case.
 * Where two differ by nothing else, only the exact code names either.
 */
export function findByExternalId<Row extends { readonly externalId: string }>(
  rows: readonly Row[],
  externalId: string,
): Row | undefined {
  const text = externalId.trim();
  const exact = rows.find((row) => row.externalId === text);
  if (exact) return exact;
  const canonical = canonicalExternalId(text);
  const alike = rows.filter((row) => canonicalExternalId(row.externalId) === canonical);
  return alike.length === 1 ? alike[0] : undefined;
}
