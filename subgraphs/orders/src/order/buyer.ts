import type { Viewer } from '@gastronom/shared/viewer';

export type BuyerKind = 'USER' | 'ORGANIZATION';

/** Who buys: a restaurant, whose members share it, or a person by themselves. */
export interface Buyer {
  readonly kind: BuyerKind;
  readonly id: string;
}

/** For whom a person shops at this moment; null for who is no person, or acts for who does not buy. */
export function buyerOf(viewer: Viewer): Buyer | null {
  if (viewer.kind !== 'user') return null;
  const { organization } = viewer;
  if (organization?.type === 'RESTAURANT') return { kind: 'ORGANIZATION', id: organization.id };
  return organization?.type === 'SUPPLIER' ? null : { kind: 'USER', id: viewer.userId };
}
