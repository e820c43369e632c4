import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { DomainError } from '@gastronom/shared/domain-error';
import type { FastifyInstance } from 'fastify';
import { onceAnswered } from './answered.ts';

/** A body that is being read. */
interface Reading {
  received: number;
  /** What had come when it was last seen to come fast enough, and when that was. */
  seen: number;
  seenAt: number;
  fail(error: DomainError): void;
}

/** Less than this within the time that a body may be idle is as good as nothing. */
const leastProgress = 1024;
/** Bodies up to here go last when room is made: only what is larger is too much to begin with. */
const small = 64 * 1024;

const sizeText = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`;

const brokenOff = () => new DomainError('BAD_REQUEST', 'The body broke off before its end.');

export interface BodyBounds {
  /** For how long a body may be silent, or nearly so, in milliseconds. */
  readonly idleMs: number;
  /** How many bytes of bodies may be in hand: those that come, and those of requests that are not answered yet. */
  readonly budget: number;
}

/**
 * Reads bodies into memory. One that comes too slowly is given up; when all together are too much, the one that has been
 * silent longest makes room for those that move.
 */
export class BodyReader {
  readonly #bounds: BodyBounds;
  readonly #held = new Map<IncomingMessage, number>();
  /** By when they last brought something, the one that has been silent longest first. */
  readonly #smallOnes = new Set<Reading>();
  readonly #largeOnes = new Set<Reading>();
  #total = 0;
  #sweep: NodeJS.Timeout | undefined;

  constructor(bounds: BodyBounds) {
    this.#bounds = bounds;
  }

  /** Lets go of each body once its request is answered, or its connection gone. */
  follow(server: FastifyInstance): void {
    server.addHook('onRequest', async (request, reply) => {
      if (request.raw.headers['content-length'] === undefined && !request.raw.headers['transfer-encoding']) return;
      onceAnswered(reply, () => this.#release(request.raw));
    });
    server.addHook('onClose', async () => clearInterval(this.#sweep));
  }

  /** @param limit the largest body, in bytes. */
  read(message: IncomingMessage, payload: Readable, limit: number): Promise<Buffer> {
    const announced = message.headers['content-length'];
    const tooLarge = () =>
      new DomainError(
        'PAYLOAD_TOO_LARGE',
        `The body is larger than ${sizeText(limit)}, the most that is taken of this sender. Send it in smaller parts.`,
      );
    if (announced !== undefined && Number(announced) > limit) return Promise.reject(tooLarge());
    if (payload.destroyed) return Promise.reject(brokenOff());
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      const reading: Reading = { received: 0, seen: 0, seenAt: Date.now(), fail: (error) => end(error) };
      const end = (error?: Error) => {
        payload.off('data', take).off('end', end).off('error', cut).off('close', cut);
        this.#stopWatching(reading);
        if (error) {
          this.#release(message);
          reject(error);
        } else resolve(Buffer.concat(chunks, reading.received));
      };
      const cut = () => end(brokenOff());
      const take = (chunk: Buffer) => {
        reading.received += chunk.length;
        if (reading.received > limit) return end(tooLarge());
        chunks.push(chunk);
        this.#moved(reading);
        this.#hold(message, chunk.length);
      };
      this.#watch(reading);
      payload.on('data', take).on('end', end).on('error', cut).on('close', cut);
    });
  }

  #hold(message: IncomingMessage, bytes: number): void {
    this.#held.set(message, (this.#held.get(message) ?? 0) + bytes);
    this.#total += bytes;
    while (this.#total > this.#bounds.budget && this.#evict());
  }

  #release(message: IncomingMessage): void {
    this.#total -= this.#held.get(message) ?? 0;
    this.#held.delete(message);
  }

  #moved(reading: Reading): void {
    this.#smallOnes.delete(reading);
    this.#largeOnes.delete(reading);
    (reading.received > small ? this.#largeOnes : this.#smallOnes).add(reading);
  }

  /** @returns whether there was one to give up. */
  #evict(): boolean {
    const [large] = this.#largeOnes;
    const [any] = this.#total > 2 * this.#bounds.budget ? this.#smallOnes : [];
    const silent = large ?? any;
    silent?.fail(new DomainError('OVERLOADED', 'Too much is being sent to this server. Try again in a few seconds.'));
    return silent !== undefined;
  }

  #watch(reading: Reading): void {
    this.#smallOnes.add(reading);
    this.#sweep ??= setInterval(() => this.#giveUpIdle(), Math.max(50, this.#bounds.idleMs / 4)).unref();
  }

  #stopWatching(reading: Reading): void {
    this.#smallOnes.delete(reading);
    this.#largeOnes.delete(reading);
    if (this.#smallOnes.size + this.#largeOnes.size > 0) return;
    clearInterval(this.#sweep);
    this.#sweep = undefined;
  }

  #giveUpIdle(): void {
    const now = Date.now();
    for (const reading of [...this.#smallOnes, ...this.#largeOnes]) {
      if (reading.received - reading.seen >= leastProgress) {
        reading.seen = reading.received;
        reading.seenAt = now;
      } else if (now - reading.seenAt >= this.#bounds.idleMs) {
        reading.fail(new DomainError('REQUEST_TIMEOUT', 'The body came too slowly, and was given up.'));
      }
    }
  }
}
