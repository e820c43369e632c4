import { lookup } from 'node:dns';
import { isIP } from 'node:net';
import {
  type AddressRule,
  bareHost,
  guardedLookup,
  isRefusedHost,
  type Resolver,
} from '@gastronom/shared/http/address-guard';
import { FetchTrouble, privateAddress, troubleOf } from './fetch-trouble.ts';

const longest = 4_000;

/** An address that may be asked, by its text alone; its name is looked up when it is connected to. @throws FetchTrouble */
export function readPageAddress(text: string, allowed: AddressRule, base?: URL): URL {
  const refuse = (reason: string) => new FetchTrouble('FETCH_ERROR', 'BAD_ADDRESS', reason);
  if (text.length > longest) throw refuse(`An address has at most ${longest} characters.`);
  if (!URL.canParse(text, base?.href)) throw refuse('It is no address of a page.');
  const url = new URL(text, base?.href);
  if (!/^https?:$/.test(url.protocol)) throw refuse('Pages are fetched by http and https alone.');
  if (url.username || url.password) throw refuse('An address with a user and password is not asked.');
  if (isRefusedHost(url, allowed)) throw privateAddress(url.hostname);
  url.hash = '';
  return url;
}

interface Names {
  readonly allowed: AddressRule;
  readonly resolve?: Resolver | undefined;
}

/** Looks up what a page's name stands for, before others than we connect to it. @throws FetchTrouble */
export async function checkName(url: URL, { allowed, resolve = lookup }: Names): Promise<void> {
  const host = bareHost(url.hostname);
  if (isIP(host) !== 0) return;
  await new Promise<void>((known, unknown) => {
    guardedLookup(allowed, resolve)(host, { all: true }, (error) => {
      if (error) unknown(troubleOf(url.host, error));
      else known();
    });
  });
}
