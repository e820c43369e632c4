import { addressRule, isRefusedHost } from '@gastronom/shared/http/address-guard';
import type { PriceTrackingContext } from '../context.ts';
import { type NormalUrl, normaliseUrl } from './normalise-url.ts';

/** Why an address cannot be watched at all, seen by its text alone. */
export interface BadAddress {
  readonly reason: 'INVALID_URL' | 'BLOCKED_ADDRESS';
  readonly message: string;
}

/** An address as it is kept; what its name stands for is seen when its page is fetched. */
export function readAddress(
  { settings }: Pick<PriceTrackingContext, 'settings'>,
  text: string,
): NormalUrl | BadAddress {
  const address = normaliseUrl(text);
  if (!address)
    return {
      reason: 'INVALID_URL',
      message: 'It takes the address of a page, with http:// or https:// and without a password.',
    };
  return isRefusedHost(new URL(address.url), addressRule(settings))
    ? { reason: 'BLOCKED_ADDRESS', message: `${address.host} is not an address of the public internet.` }
    : address;
}
