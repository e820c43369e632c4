import type { IncomingHttpHeaders } from 'node:http';
import { headerOf } from './answer.ts';
import type { PageRequest, Validators } from './fetched-page.ts';

const sendable = /^[\x20-\x7e]{1,500}$/;

/** `de-AT` asks for German of Austria, else for any German, else for English. */
export function acceptLanguage(locale: string | undefined): string {
  const [language, region] = /^([a-z]{2,3})(?:-[A-Za-z]{4})?(?:-([A-Z]{2}|\d{3}))?$/.exec(locale ?? '')?.slice(1) ?? [];
  if (!language) return 'en;q=0.8, *;q=0.5';
  const wide = language === 'en' ? '*;q=0.5' : 'en;q=0.5, *;q=0.3';
  return region ? `${language}-${region}, ${language};q=0.9, ${wide}` : `${language}, ${wide}`;
}

/** Without a conditional request a page that is unchanged comes anew. */
export const isConditional = ({ validators }: PageRequest): boolean =>
  [validators?.etag, validators?.lastModified].some((one) => one != null && sendable.test(one));

export function headersFor(request: PageRequest, userAgent: string, cookies: string | undefined) {
  const { etag = null, lastModified = null } = request.validators ?? {};
  return {
    'user-agent': userAgent,
    accept: 'text/html, application/xhtml+xml, application/json;q=0.9, application/xml;q=0.8, text/*;q=0.7, */*;q=0.1',
    'accept-language': acceptLanguage(request.locale),
    'accept-encoding': 'gzip, deflate, br, zstd',
    ...(etag !== null && sendable.test(etag) ? { 'if-none-match': etag } : {}),
    ...(lastModified !== null && sendable.test(lastModified) ? { 'if-modified-since': lastModified } : {}),
    ...(cookies === undefined ? {} : { cookie: cookies }),
  };
}

const kept = (value: string | undefined): string | null => (value !== undefined && sendable.test(value) ? value : null);

export const validatorsOf = (headers: IncomingHttpHeaders): Validators => ({
  etag: kept(headerOf(headers, 'etag')),
  lastModified: kept(headerOf(headers, 'last-modified')),
});
