/** 1C pads numeric codes with zeros or drops them, and writes GUIDs in either case: inventory's rule, kept in step with it. */
const canonicalExternalId = (externalId: string): string => {
  const text = externalId.trim().toLowerCase();
  return /^\d+$/.test(text) ? text.replace(/^0+(?=\d)/, '') : text;
};

/** The warehouse with exactly this external id, else the only one that is alike but for leading zeros and case. */
export function findByExternalId<Warehouse extends { readonly externalId: string }>(
  warehouses: readonly Warehouse[],
  externalId: string,
): Warehouse | undefined {
  const exact = warehouses.find((warehouse) => warehouse.externalId === externalId.trim());
  if (exact) return exact;
  const wanted = canonicalExternalId(externalId);
  const alike = warehouses.filter((warehouse) => canonicalExternalId(warehouse.externalId) === wanted);
  return alike.length === 1 ? alike[0] : undefined;
}
