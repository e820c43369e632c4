import type { LiveChange } from '@gastronom/shared/live';
import type { Viewer } from '@gastronom/shared/viewer';

/** Something whose change makes an answer worth another look, as `product TEA`. */
export type Topic = string;

const topic = (of: string, key: string): Topic => `${of} ${key}`;

export const topicsOf = ({ of, keys }: LiveChange): Topic[] => keys.map((key) => topic(of, key));

type Arguments = Readonly<Record<string, unknown>>;

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** For whom a person sees orders: for their organization, else for themselves; staff for the shop as well. */
function partiesOf(viewer: Viewer): string[] {
  if (viewer.kind !== 'user') return [];
  const { organization, role, userId } = viewer;
  const own = organization ? `ORGANIZATION:${organization.id}` : `USER:${userId}`;
  return role === 'STAFF' || role === 'ADMIN' ? [own, 'HOUSE'] : [own];
}

const ofParties = (_given: Arguments, viewer: Viewer): Topic[] => partiesOf(viewer).map((key) => topic('party', key));

/** What the answer of each subscription hangs on. Whatever else it may hang on is seen when it is looked at again. */
const subscriptions: Readonly<Record<string, (given: Arguments, viewer: Viewer) => Topic[]>> = {
  productsBySku: ({ skus }) => texts(skus).map((sku) => topic('product', sku.trim())),
  order: ({ id }) => [topic('order', String(id).toLowerCase())],
  myOrders: ofParties,
  supplierOrder: ({ id }) => [topic('supplierOrder', String(id).toLowerCase())],
  supplierOrders: ofParties,
};

export const isKnownSubscription = (field: string): boolean => field in subscriptions;

/** @param given the arguments of the subscription’s field. */
export const topicsFor = (field: string, given: Arguments, viewer: Viewer): Topic[] =>
  subscriptions[field]?.(given, viewer) ?? [];
