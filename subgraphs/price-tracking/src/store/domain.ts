import { isIP } from 'node:net';
import { domainToASCII, domainToUnicode } from 'node:url';

/** No literal address. */
export const isName = (domain: string): boolean => isIP(domain.replace(/^\[|\]$/g, '')) === 0;

const label = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/**
 * A domain as stores keep it, in lower case and Punycode: of `https://Www.Shop.example:8080/page`, `www.shop.example`.
 * @returns null where the text names none.
 */
export function domainOf(text: string): string | null {
  const bare = text.trim();
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(bare) ? bare : `http://${bare.replace(/^\*?\./, '')}`;
  if (!URL.canParse(url)) return null;
  const { protocol, hostname, username } = new URL(url);
  if ((protocol !== 'http:' && protocol !== 'https:') || username !== '') return null;
  const domain = domainToASCII(hostname.replace(/\.$/, '')) || hostname;
  if (!isName(domain)) return domain;
  return domain.length <= 253 && domain.split('.').every((one) => label.test(one)) ? domain : null;
}

/** The same host with and without `www.`, itself first. */
export const withAndWithoutWww = (domain: string): string[] => {
  if (!isName(domain) || !domain.includes('.')) return [domain];
  return [domain, domain.startsWith('www.') ? domain.slice(4) : `www.${domain}`];
};

/** Domains of stores whose page a host’s may be, the nearest first: itself, with or without `www.`, and those above it. */
export function domainsOver(domain: string): string[] {
  if (!isName(domain)) return [domain];
  const labels = domain.split('.');
  const above = labels.slice(1, -1).map((_, place) => labels.slice(place + 1).join('.'));
  return [...new Set([...withAndWithoutWww(domain), ...above])];
}

/** As people read it, in its own letters. */
export const readableDomain = (domain: string): string => domainToUnicode(domain.replace(/^www\./, '')) || domain;
