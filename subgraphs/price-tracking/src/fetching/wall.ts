import type { IncomingHttpHeaders } from 'node:http';
import { headerOf } from './answer.ts';
import { FetchTrouble } from './fetch-trouble.ts';

/** Walls are short: no page of goods is told from one by a word in it. */
const longestWall = 120_000;

/** What pages say that ask who is there instead of showing goods; in their titles. */
const titles =
  /^\s*(just a moment|attention required! \| cloudflare|please wait\.\.\. \| cloudflare|ddos-guard|access denied|access to this page has been denied|pardon our interruption|robot or human|are you (a )?(robot|human)|security (check|verification)|human verification|verify you are human|bot verification|one more step|captcha)/i;

/** Scripts and forms of challenge pages; those that guarded pages of goods carry as well are not among them. */
const signs: readonly RegExp[] = [
  /_cf_chl_opt\b/,
  /\bgeo\.captcha-delivery\.com\/(captcha|interstitial)/,
  /\bid=["']px-captcha["']/,
  /\bsucuri_cloudproxy_js\b/,
  /\/errors\/validateCaptcha\b/,
  /\bawsWafCookieDomainList\b/,
  /\b__qrator\b.{0,80}\bvalidate\b/,
  /\bwindow\.KPSDK\b.{0,200}\bips\.js\b/s,
];

/** Where shops send visitors who have not agreed to cookies yet. */
const consentHosts = /^(consent|myprivacy|cookiewall)\.|\/(cookie-?wall|cookie-?consent|consent)(\/|\?|$)/i;
const consentTitles = /^\s*(before you continue|cookie (wall|consent)|we value your privacy)/i;

const isShopPage = /application\/ld\+json|property=["']og:(type|price)|itemtype=["']https?:\/\/schema\.org\/Product/i;

/** Whether a guard's own header says that this is its challenge. */
function isChallengedBy(headers: IncomingHttpHeaders): boolean {
  const names = ['cf-mitigated', 'x-vercel-mitigated', 'x-amzn-waf-action'];
  return names.some((name) => /^(challenge|captcha|deny)/i.test(headerOf(headers, name) ?? ''));
}

const botWall = (host: string) =>
  new FetchTrouble('BLOCKED', 'BOT_WALL', `${host} wants to know whether a person is there, and shows no page.`);

const cookieWall = (host: string) =>
  new FetchTrouble('BLOCKED', 'COOKIE_WALL', `${host} wants its cookies agreed to, and shows no page.`);

export const wallOfHeaders = (host: string, headers: IncomingHttpHeaders): FetchTrouble | null =>
  isChallengedBy(headers) ? botWall(host) : null;

/** Whether a page is one that stands before the page. */
export function wallOf(url: URL, asked: URL, text: string): FetchTrouble | null {
  if (text.length > longestWall || isShopPage.test(text)) return null;
  const title = /<title\b[^>]{0,200}>([^<]{0,200})/i.exec(text)?.[1] ?? '';
  if (titles.test(title) || signs.some((sign) => sign.test(text))) return botWall(url.host);
  const isElsewhere = url.pathname !== asked.pathname || url.host !== asked.host;
  const isConsent = isElsewhere && consentHosts.test(`${url.host}${url.pathname}`);
  return isConsent || consentTitles.test(title) ? cookieWall(url.host) : null;
}
