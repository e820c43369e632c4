import type { PageCheck } from '../check/page-check.ts';
import { type NormalUrl, normaliseUrl } from '../tracked-url/normalise-url.ts';

/** What is left of an address apart from what shops redirect everybody from: plain http, and `www.` or none. */
const core = (url: string): string => url.replace(/^https?:\/\/(www\.)?/, '');

/**
 * The address by which a page is kept that was looked at: that where it was found, if it is the same page in the form that
 * its shop prefers. Else `http://www.shop.example/x` and `https://shop.example/x` would be watched as two. Other redirects
 * may be anybody's own, or only for now.
 */
export function settledAddress(given: NormalUrl, check: PageCheck | null): NormalUrl {
  const found = check?.outcome === 'OK' ? normaliseUrl(check.url) : null;
  return found && core(found.url) === core(given.url) ? found : given;
}
