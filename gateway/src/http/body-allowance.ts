import type { Logger } from '@gastronom/shared/logger';
import type { Viewer } from '@gastronom/shared/viewer';
import type { FastifyRequest } from 'fastify';
import type { Identify } from '../identity/identity.ts';
import { clientOf } from './client.ts';

/** How many bytes a request may bring, where so many are the most that its address takes. */
export type BodyAllowance = (request: FastifyRequest, most: number) => Promise<number>;

const sendsMuch = (viewer: Viewer): boolean =>
  viewer.kind === 'service' ||
  (viewer.kind === 'user' &&
    (viewer.role === 'STAFF' || viewer.role === 'ADMIN' || viewer.organization?.type === 'SUPPLIER'));

/**
 * Large bodies are taken of services, staff and those who act for a supplier alone, who are asked for before the first
 * byte is read: reading megabytes of JSON keeps everybody else waiting, and no shopper sends them.
 */
export function bodyAllowance(identify: Identify, small: number): BodyAllowance {
  return async (request, most) => {
    const { authorization, 'content-length': announced } = request.headers;
    const usual = Math.min(small, most);
    if (!authorization || (announced !== undefined && Number(announced) <= usual)) return usual;
    const from = { client: clientOf(request), requestId: request.id, logger: request.log as Logger };
    return sendsMuch(await identify(authorization, from)) ? most : usual;
  };
}
