import { type LookupAddress, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent, buildConnector } from 'undici';
import { type ProcessSettings, SettingError } from '../env.ts';

/** Whether an address, as a resolver or a literal gives it, may be connected to. */
export type AddressRule = (address: string) => boolean;

/** A request of ours would have gone to an address that is not the public internet's. */
export class AddressRefusedError extends Error {
  override readonly name = 'AddressRefusedError';
  readonly code = 'ADDRESS_REFUSED';

  constructor(host: string) {
    super(`${host} is not an address of the public internet: nothing was sent there.`);
  }
}

type Address = ReturnType<typeof ipaddr.process>;
type Network = readonly [Address, number];

/** All that is assigned to the public lies in here (RFC 4291); what embeds IPv4 addresses in other ways does not. */
const globalUnicast = ipaddr.parseCIDR('2000::/3');

/** Whether it is a single host of the public internet. An IPv4 address in IPv6's clothes counts as what it is. */
export function isPublicAddress(text: string): boolean {
  if (isIP(text) === 0) return false;
  const address = ipaddr.process(text);
  return address.range() === 'unicast' && (address.kind() === 'ipv4' || isWithin(address, globalUnicast));
}

const isWithin = (address: Address, network: Network): boolean =>
  address.kind() === network[0].kind() && address.match(network as Parameters<Address['match']>[0]);

function parseNetwork(text: string): Network {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  throw new SettingError(`ALLOW_PRIVATE_ADDRESSES: takes true, false, or networks as 10.1.0.0/16, not ${text}`);
}

/** The rule of an installation: the public internet, and what ALLOW_PRIVATE_ADDRESSES adds to it. */
export function addressRule(settings: Pick<ProcessSettings, 'ALLOW_PRIVATE_ADDRESSES' | 'ENVIRONMENT'>): AddressRule {
  const given = settings.ALLOW_PRIVATE_ADDRESSES.filter((item) => item !== 'false' && item !== '0');
  if (given.includes('true') || given.includes('1')) {
    if (settings.ENVIRONMENT !== 'production') return (address) => isIP(address) !== 0;
    throw new SettingError(
      'ALLOW_PRIVATE_ADDRESSES: production takes networks, as 10.1.0.0/16; all of them is too much',
    );
  }
  const networks = given.map(parseNetwork);
  return (address) =>
    isPublicAddress(address) ||
    (isIP(address) !== 0 && networks.some((network) => isWithin(ipaddr.process(address), network)));
}

/** The host of an address without the brackets that IPv6 wears there. */
export const bareHost = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, '$1');

/**
 * Why an address that somebody gave cannot be asked at all, by its text alone: what its name stands for is looked at when
 * it is connected to. The URL parser has turned decimal, octal and hexadecimal forms into dotted ones by then.
 */
export function isRefusedHost(url: URL, allowed: AddressRule): boolean {
  const host = bareHost(url.hostname);
  if (isIP(host) !== 0) return !allowed(host);
  return /(^|\.)localhost\.?$/i.test(host) && !allowed('127.0.0.1');
}

/** Looks all addresses of a name up, as `dns.lookup` does. */
export type Resolver = (
  hostname: string,
  options: { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Looks a name up for one connection, which is then made to what was looked at and to nothing else: a name that answers
 * otherwise a moment later gains nothing. A name with one address that is refused is refused as a whole.
 */
export const guardedLookup =
  (allowed: AddressRule, resolve: Resolver): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) callback(error ?? new AddressRefusedError(hostname), []);
      else if (!addresses.every(({ address }) => allowed(address))) callback(new AddressRefusedError(hostname), []);
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };

export interface GuardedAgentOptions {
  readonly allowed: AddressRule;
  /** How long a connection may take to be made, in milliseconds. */
  readonly connectTimeoutMs?: number;
  /** Connections to one origin at a time. */
  readonly connections?: number;
  /** How names are looked up; as the system does by default. */
  readonly resolve?: Resolver;
  /** How long the headers of an answer may be, in bytes; 16 KiB by default. */
  readonly maxHeaderSize?: number;
}

/** A dispatcher for undici that connects to allowed addresses alone, whatever names and redirects lead to. */
export function createGuardedAgent(options: GuardedAgentOptions): Agent {
  const { allowed, connectTimeoutMs = 10_000, connections = 16, resolve = lookup, maxHeaderSize = 16_384 } = options;
  const connect = buildConnector({ lookup: guardedLookup(allowed, resolve), timeout: connectTimeoutMs });
  return new Agent({
    connections,
    maxHeaderSize,
    // Literals are connected to without a lookup.
    connect: (target, callback) => {
      const host = bareHost(target.hostname);
      if (isIP(host) !== 0 && !allowed(host)) callback(new AddressRefusedError(host), null);
      else connect(target, callback);
    },
  });
}
