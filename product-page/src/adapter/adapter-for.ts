import { depop } from './depop.ts';
import type { MarketAdapter } from './market-adapter.ts';
import { mercari } from './mercari.ts';

const adapters: readonly MarketAdapter[] = [mercari, depop];

/** The adapter of the marketplace that an address is of; null for any other site. */
export function adapterFor(address: string): MarketAdapter | null {
  if (!URL.canParse(address)) return null;
  const { hostname } = new URL(address);
  const isOf = (host: string): boolean => hostname === host || hostname.endsWith(`.${host}`);
  return adapters.find(({ hosts }) => hosts.some(isOf)) ?? null;
}
