import { randomBytes } from 'node:crypto';
import { DomainError } from '@gastronom/shared/domain-error';
import type { Logger } from '@gastronom/shared/logger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clientOf } from '../http/client.ts';
import type { LiveAsk } from './admitted.ts';
import type { EventStream } from './event-stream.ts';
import { type Asked, type LiveDoor, refuseBatch, sendStream } from './live-door.ts';
import { noStream } from './stream-token.ts';

interface Reservation {
  readonly stream: EventStream;
  isFetched: boolean;
  /** How to end each operation on it, by its id. */
  readonly operations: Map<string, () => void>;
}

const longestId = 100;

/**
 * Several operations over one connection (graphql-sse’s single connection mode): a stream is reserved, then fetched, and
 * operations are sent to it beside. All of that reaches the replica that reserved it, or is not found; of its workers, the one.
 */
export class Reservations {
  readonly #door: LiveDoor;
  readonly #reservations = new Map<string, Reservation>();
  readonly #owner: string;
  readonly #waitMs: number;

  /**
   * @param owner how tokens begin, where workers share a port: by whom the stream is held.
   * @param waitMs for how long a reserved stream waits to be fetched.
   */
  constructor(door: LiveDoor, owner = '', waitMs = 30_000) {
    this.#door = door;
    this.#owner = owner;
    this.#waitMs = waitMs;
  }

  /** PUT: a token, for whoever may have one more stream. */
  async reserve(request: FastifyRequest, reply: FastifyReply): Promise<string> {
    const from = { client: clientOf(request), requestId: request.id, logger: request.log as Logger };
    const viewer = await this.#door.identify(request.headers.authorization, from);
    await request.limits?.charge(viewer, 1);
    const leave = this.#door.places.take(viewer, from.client.ip);
    const token = `${this.#owner}${randomBytes(24).toString('base64url')}`;
    const reservation: Reservation = { stream: this.#door.openStream(), isFetched: false, operations: new Map() };
    this.#reservations.set(token, reservation);
    const unfetched = setTimeout(() => {
      if (!reservation.isFetched) reservation.stream.destroy();
    }, this.#waitMs).unref();
    reservation.stream.once('close', () => {
      clearTimeout(unfetched);
      this.#reservations.delete(token);
      leave();
    });
    reply.code(201).type('text/plain; charset=utf-8');
    return token;
  }

  /** GET: the stream itself, once. */
  fetch(token: string, reply: FastifyReply): FastifyReply {
    const reservation = this.#find(token);
    if (reservation.isFetched) throw new DomainError('CONFLICT', 'This stream is being read already.');
    reservation.isFetched = true;
    return sendStream(reply, reservation.stream);
  }

  /** POST: one more operation, whose results go over the stream. */
  async add(
    token: string,
    request: FastifyRequest,
    reply: FastifyReply,
    ask: (live: LiveAsk) => Promise<Asked>,
  ): Promise<string> {
    refuseBatch(request.body);
    const { stream, operations } = this.#find(token);
    const operation = operationIdOf(request.body);
    if (operations.has(operation)) throw new DomainError('CONFLICT', 'There is an operation of this id on the stream.');
    operations.set(operation, () => operations.delete(operation));
    const onGone = () => void operations.delete(operation);
    try {
      const { status, body, context, admitted } = await ask({});
      if (!admitted && status >= 400) {
        operations.delete(operation);
        return body;
      }
      // Its client ended it before it began.
      if (!operations.has(operation) || stream.destroyed) {
        reply.code(204);
        return '';
      }
      if (admitted && context) {
        const watcher = this.#door.watch(request, context, admitted, { stream, operation, onGone });
        operations.set(operation, () => watcher.leave());
      } else {
        stream.next(operation, body);
        stream.complete(operation);
        operations.delete(operation);
      }
    } catch (error) {
      operations.delete(operation);
      throw error;
    }
    reply.code(202).removeHeader('content-type');
    return '';
  }

  /** DELETE: an operation is over. */
  end(token: string, { url }: FastifyRequest): string {
    const { stream, operations } = this.#find(token);
    const operation = new URL(url, 'http://localhost').searchParams.get('operationId') ?? '';
    if (operation === '') throw new DomainError('BAD_REQUEST', 'Say which operation is over: `?operationId=…`.');
    operations.get(operation)?.();
    operations.delete(operation);
    stream.forget(operation);
    return '';
  }

  #find(token: string): Reservation {
    const reservation = this.#reservations.get(token);
    if (!reservation) throw noStream();
    return reservation;
  }
}

function operationIdOf(body: unknown): string {
  const { extensions } = (body ?? {}) as { extensions?: { operationId?: unknown } };
  const id = extensions?.operationId;
  if (typeof id === 'string' && id !== '' && id.length <= longestId) return id;
  throw new DomainError(
    'BAD_REQUEST',
    `Name the operation by \`extensions.operationId\`, of at most ${longestId} characters.`,
  );
}
