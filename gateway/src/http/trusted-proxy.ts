import { BlockList, isIP } from 'node:net';

/** Whether what this address says of those before it is believed; `hop` counts from our own socket. */
export type TrustProxy = (address: string, hop: number) => boolean;

const named: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 4 ? 'ipv4' : 'ipv6');

/** Adds an address or a network. @returns whether it is one. */
function addTo(list: BlockList, text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  if (isIP(address) === 0 || rest.length > 0) return false;
  const family = familyOf(address);
  const bits = family === 'ipv4' ? 32 : 128;
  if (prefix !== undefined && !/^\d{1,3}$/.test(prefix)) return false;
  const length = prefix === undefined ? bits : Number(prefix);
  // A network of everything would believe whoever comes.
  if (length < 1 || length > bits) return false;
  list.addSubnet(address, length, family);
  return true;
}

/**
 * Reads TRUST_PROXY: a number of hops, or addresses, networks and their names. A number fits where nobody reaches us but
 * through so many proxies; addresses fit always.
 * @returns undefined where it is neither.
 */
export function readTrustProxy(items: readonly string[]): TrustProxy | undefined {
  const [first] = items;
  if (items.length === 1 && first !== undefined && /^[1-9]\d?$/.test(first)) {
    const hops = Number(first);
    return (_address, hop) => hop < hops;
  }
  const list = new BlockList();
  if (!items.flatMap((item) => named[item] ?? [item]).every((item) => addTo(list, item))) return undefined;
  return (address) => isIP(address) !== 0 && list.check(address, familyOf(address));
}
