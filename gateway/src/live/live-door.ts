import type { ApolloServer } from '@apollo/server';
import { DomainError } from '@gastronom/shared/domain-error';
import type { Logger } from '@gastronom/shared/logger';
import type { Broadcast } from '@gastronom/shared/redis/broadcast';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GatewaySettings } from '../env.ts';
import type { GatewayContext } from '../graphql/context.ts';
import { answerLasts } from '../http/answered.ts';
import { clientOf } from '../http/client.ts';
import type { Identify } from '../identity/identity.ts';
import type { Admitted, LiveAsk } from './admitted.ts';
import { EventStream, type EventStreamBounds } from './event-stream.ts';
import { LiveQueries } from './live-queries.ts';
import { Places } from './places.ts';
import { Watcher } from './watcher.ts';

/** What Apollo answered to a request, or that it is to be live. */
export interface Asked {
  readonly status: number;
  readonly body: string;
  readonly context: GatewayContext | undefined;
  readonly admitted: Admitted | undefined;
}

export interface LiveDoorOptions {
  readonly apollo: ApolloServer<GatewayContext>;
  readonly identify: Identify;
  readonly broadcast: Broadcast;
  readonly settings: GatewaySettings;
  readonly logger: Logger;
}

/** The proxies between are asked to pass each event on as it comes, as it is. */
const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
};

/** These are told by the status of the answer: clients come again after a while, or with another token. */
const toldByStatus = (status: number): boolean => [401, 405, 406, 415, 429].includes(status) || status >= 500;

/** Where live queries come in, and their events go out. */
export class LiveDoor {
  readonly identify: Identify;
  readonly places: Places;
  readonly #queries: LiveQueries;
  readonly #bounds: EventStreamBounds;
  readonly #streams = new Set<EventStream>();

  constructor({ apollo, identify, broadcast, settings, logger }: LiveDoorOptions) {
    this.identify = identify;
    this.places = new Places(settings);
    this.#bounds = {
      heartbeatMs: settings.LIVE_HEARTBEAT_SECONDS * 1000,
      slowReaderMs: settings.LIVE_SLOW_READER_SECONDS * 1000,
      lifeMs: settings.LIVE_STREAM_MINUTES * 60_000,
    };
    this.#queries = new LiveQueries({
      apollo,
      broadcast,
      logger,
      lookMs: settings.LIVE_LOOK_SECONDS * 1000,
      debounceMs: settings.LIVE_DEBOUNCE_MS,
      timeoutMs: settings.OPERATION_TIMEOUT_MS,
    });
  }

  /** A stream that ends with the server. */
  openStream(): EventStream {
    const stream = new EventStream(this.#bounds);
    this.#streams.add(stream);
    stream.once('close', () => this.#streams.delete(stream));
    return stream;
  }

  /** Watches an operation that may run, on a stream, until either ends. @throws where there is no place for it. */
  watch(
    request: FastifyRequest,
    { viewer }: GatewayContext,
    admitted: Admitted,
    on: { readonly stream: EventStream; readonly operation: string; readonly onGone?: () => void },
  ): Watcher {
    const client = clientOf(request);
    const leaves = [this.places.take(viewer, client.ip), on.onGone];
    const { authorization, 'last-event-id': lastEventId } = request.headers;
    const watcher = new Watcher({
      stream: on.stream,
      operation: on.operation,
      viewer,
      client,
      authorization,
      requestId: request.id,
      logger: request.log as Logger,
      limits: request.limits,
      identify: this.identify,
      lastEventId: typeof lastEventId === 'string' ? lastEventId : undefined,
      onGone: () => {
        for (const leave of leaves) leave?.();
      },
    });
    leaves.push(this.#queries.watch(admitted, viewer, watcher));
    return watcher;
  }

  /**
   * Answers one request with a stream of its own: of a subscription, or of the one result that there is.
   * @param takesAnswer whether its client would rather have a plain answer to what is none.
   */
  async answer(
    request: FastifyRequest,
    reply: FastifyReply,
    ask: (live: LiveAsk) => Promise<Asked>,
    takesAnswer: boolean,
  ): Promise<string | FastifyReply> {
    const { status, body, context, admitted } = await ask({});
    if (!admitted && (takesAnswer || toldByStatus(status))) return body;
    const stream = this.openStream();
    try {
      if (admitted && context) this.watch(request, context, admitted, { stream, operation: '' });
    } catch (error) {
      stream.destroy();
      throw error;
    }
    if (!admitted) {
      stream.next('', body);
      stream.complete('');
      stream.finish();
    }
    return sendStream(reply, stream);
  }

  /** Ends all streams: their clients come again, to a server that stays. */
  stop(): void {
    this.#queries.stop();
    for (const stream of this.#streams) stream.finish();
  }
}

/** Sends what comes as it comes; the request itself is answered. */
export function sendStream(reply: FastifyReply, stream: EventStream): FastifyReply {
  answerLasts(reply);
  return reply.code(200).headers(streamHeaders).send(stream);
}

/** What a client may not send together with a wish for a stream. */
export function refuseBatch(body: unknown): void {
  if (Array.isArray(body))
    throw new DomainError('BAD_REQUEST', 'A stream takes one operation a request: send them one by one.');
}
