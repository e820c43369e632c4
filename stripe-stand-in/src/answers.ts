import type { Stripe } from 'stripe';
import { expandOf, type Form, type FormValue, numberOf, textOf } from './form.ts';
import { invalid } from './stripe-error.ts';
import type { Thing, Vault } from './vault.ts';

/** Puts whole things in place of their ids, along a path as `latest_charge.balance_transaction`. */
function expandPath(vault: Vault, node: Record<string, unknown>, [field = '', ...rest]: readonly string[]): void {
  const value = node[field];
  const whole = typeof value === 'string' ? structuredClone(vault.find(value)) : value;
  if (!whole || typeof whole !== 'object') return;
  node[field] = whole;
  if (rest.length === 0) return;
  const nodes = Array.isArray(whole) ? whole : [whole];
  for (const inner of nodes) expandPath(vault, inner as Record<string, unknown>, rest);
}

/** A thing as it is answered: as it is now, with what was asked to be expanded. */
export function render(vault: Vault, thing: object, form: Form): object {
  const copy: Record<string, unknown> = structuredClone(thing) as Record<string, unknown>;
  for (const path of expandOf(form)) expandPath(vault, copy, path.split('.'));
  return copy;
}

const bound = (created: FormValue | undefined, name: string): number | undefined =>
  typeof created === 'object' && !Array.isArray(created) ? numberOf(created, name) : undefined;

/** A page of a list, newest first: docs.stripe.com/api/pagination. */
export function page<Listed extends Thing & { readonly created?: number }>(
  all: readonly Listed[],
  form: Form,
  url: string,
): Stripe.ApiList<Listed> {
  const limit = numberOf(form, 'limit') ?? 10;
  if (limit < 1 || limit > 100) throw invalid('This value must be between 1 and 100.', 'parameter_invalid_integer');
  const gte = bound(form.created, 'gte') ?? Number.NEGATIVE_INFINITY;
  const lt = bound(form.created, 'lt') ?? Number.POSITIVE_INFINITY;
  const within = all.filter(({ created = 0 }) => created >= gte && created < lt);
  const after = textOf(form, 'starting_after');
  const start = after === undefined ? 0 : within.findIndex(({ id }) => id === after) + 1;
  const data = within.slice(start, start + limit);
  return { object: 'list', url, data, has_more: start + limit < within.length };
}
