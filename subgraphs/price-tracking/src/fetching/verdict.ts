import type { IncomingHttpHeaders } from 'node:http';
import { headerOf } from './answer.ts';
import { FetchTrouble } from './fetch-trouble.ts';

const redirects = new Set([301, 302, 303, 307, 308]);

/** Where an answer sends its visitor; null where it does not. Some write other letters than ASCII there, in UTF-8. */
export function redirectOf(status: number, headers: IncomingHttpHeaders): string | null {
  const location = redirects.has(status) ? headerOf(headers, 'location') : undefined;
  if (location === undefined) return null;
  return /[\x80-\xff]/.test(location) ? Buffer.from(location, 'latin1').toString('utf8') : location;
}

/** Retry-After, in seconds or as a date (RFC 9110, 10.2.3), in milliseconds from now. */
export function retryAfterOf(headers: IncomingHttpHeaders, now: number): number | undefined {
  const text = headerOf(headers, 'retry-after')?.trim();
  if (!text) return undefined;
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now;
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}

const pages = /^(text\/|application\/(xhtml\+xml|xml|json|ld\+json|[\w.-]+\+json|javascript)$)/;

/** Whether an answer can be a page, by its Content-Type; one that has none is looked at. */
export function isPage(headers: IncomingHttpHeaders): boolean {
  const type = headerOf(headers, 'content-type')?.split(';')[0]?.trim().toLowerCase();
  return !type || (pages.test(type) && !/^text\/(css|csv|calendar|vcard)$/.test(type));
}

export const notAPage = (host: string, headers: IncomingHttpHeaders): FetchTrouble => {
  const type = headerOf(headers, 'content-type')?.split(';')[0]?.trim().slice(0, 60);
  return new FetchTrouble('FETCH_ERROR', 'NOT_A_PAGE', `What ${host} sent is no page but ${type}.`);
};

/** May pass by themselves, and are tried again. */
const passing = new Set([502, 503, 504]);

/** For who is asked too often and does not say for how long he wants to be left alone. */
const restMs = 30_000;

/** What a status says that brings no page; null for one that may. */
export function troubleOfStatus(host: string, status: number, headers: IncomingHttpHeaders, now: number) {
  const code = `HTTP_${status}`;
  const retryAfterMs = retryAfterOf(headers, now);
  if (status === 404 || status === 410) return new FetchTrouble('GONE', code, `${host} has no such page any more.`);
  if (status === 429) {
    const reason = `${host} says that it was asked too often.`;
    return new FetchTrouble('BLOCKED', code, reason, { mayPass: true, retryAfterMs: retryAfterMs ?? restMs });
  }
  if ([401, 403, 407, 451].includes(status)) {
    return new FetchTrouble('BLOCKED', code, `${host} refuses to show the page (${status}).`, { retryAfterMs });
  }
  if (status >= 200 && status < 300 && status !== 204 && status !== 205) return null;
  const mayPass = passing.has(status);
  return new FetchTrouble('FETCH_ERROR', code, `${host} answered ${status}.`, { mayPass, retryAfterMs });
}
