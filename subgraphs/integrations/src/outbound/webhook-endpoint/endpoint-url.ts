import { type AddressRule, isRefusedHost } from '@gastronom/shared/http/address-guard';

const longest = 2_000;

/** An address as others than its owner may see it: secrets may stand in its query. */
export function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

/**
 * What is wrong with an address by its text; null for one that can be told. Plain HTTP is for where private addresses are
 * allowed: what is told of orders is nobody else's to read.
 */
export function urlProblem(text: string, allowed: AddressRule): string | null {
  if (text.length > longest) return `An address has at most ${longest} characters.`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return 'An address begins with https://.';
  if (url.username || url.password) return 'An address holds no user and password: verify the signature instead.';
  if (url.hash) return 'An address has no fragment (#…): it is never sent.';
  if (isRefusedHost(url, allowed)) return 'The address is not one of the public internet.';
  return url.protocol === 'https:' || allowed('127.0.0.1') ? null : 'An address begins with https://.';
}
