import { isIP } from 'node:net';
import type { Client } from '@gastronom/shared/viewer';
import type { FastifyRequest } from 'fastify';

const longestUserAgent = 300;

/** Some proxies write a port behind the address; sockets for both families write IPv4 in IPv6's form. */
function plainAddress(text: string): string | undefined {
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  const address = bare.replace(/^::ffff:(?=[\d.]+$)/i, '').toLowerCase();
  return isIP(address) === 0 ? undefined : address;
}

/** What a client calls itself, without what would break a line or deceive its reader. */
export function plainUserAgent(given: string | undefined): string | undefined {
  const plain = given
    ?.slice(0, 2 * longestUserAgent)
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
    .slice(0, longestUserAgent);
  return plain === '' ? undefined : plain;
}

/**
 * Where a request came from: the first address on its way that no trusted proxy vouches for. What is no address is not
 * believed, whoever passed it on: then it is the one of the socket.
 */
export function clientOf(request: FastifyRequest): Client {
  const ip = plainAddress(request.ip ?? '') ?? plainAddress(request.socket.remoteAddress ?? '') ?? 'unknown';
  const userAgent = plainUserAgent(request.headers['user-agent']);
  return userAgent === undefined ? { ip } : { ip, userAgent };
}
