import { DomainError } from '@gastronom/shared/domain-error';
import type { IdentityChange } from '@gastronom/shared/identity-changed';
import type { Logger } from '@gastronom/shared/logger';
import type { Client, Viewer } from '@gastronom/shared/viewer';
import { errorExtensions } from '../graphql/format-error.ts';
import type { Identify } from '../identity/identity.ts';
import type { RequestLimits } from '../limits/request-limits.ts';
import { readCredential } from './credential.ts';
import type { EventStream } from './event-stream.ts';

export interface WatcherOptions {
  readonly stream: EventStream;
  /** The operation's id on the stream; '' where it is the only one. */
  readonly operation: string;
  readonly viewer: Viewer;
  readonly client: Client;
  readonly authorization: string | undefined;
  readonly requestId: string;
  readonly logger: Logger;
  readonly limits: RequestLimits | null;
  readonly identify: Identify;
  /** The id of the last result that the client has of an earlier connection. */
  readonly lastEventId: string | undefined;
  /** Called once when the watching is over. */
  readonly onGone: () => void;
}

// Timers cannot be set further away.
const longestTimer = 2_147_483_647;

/** One client’s interest in one operation, for as long as its stream lasts and it is who it was. */
export class Watcher {
  readonly #options: WatcherOptions;
  readonly #credential;
  readonly #identity: string;
  readonly #expiry: NodeJS.Timeout | undefined;
  /** The id of the last result that was sent. */
  seen: string | undefined;
  /** Until when there are no points to look again with. */
  spentUntil = 0;
  isGone = false;

  constructor(options: WatcherOptions) {
    this.#options = options;
    this.#identity = JSON.stringify(options.viewer);
    this.#credential = readCredential(options.authorization);
    this.seen = options.lastEventId;
    const { expiresAt } = this.#credential;
    if (expiresAt !== undefined) {
      const left = Math.min(Math.max(0, expiresAt - Date.now()), longestTimer);
      // The client comes again, with a new token where it has one.
      this.#expiry = setTimeout(() => options.stream.finish(), left).unref();
    }
    options.stream.once('close', () => this.leave());
  }

  get limits(): RequestLimits | null {
    return this.#options.limits;
  }

  get client(): Client {
    return this.#options.client;
  }

  isOf(change: IdentityChange): boolean {
    return this.#credential.isOf(change);
  }

  /**
   * Asks anew who the client is. Who is nobody any more is told so; who has other rights now has to come again.
   * @throws where it cannot be found out at this moment.
   */
  async verify(): Promise<void> {
    const { identify, client, requestId, logger, stream } = this.#options;
    try {
      const viewer = await identify(this.#credential.authorization, { client, requestId, logger });
      if (JSON.stringify(viewer) === this.#identity || this.isGone) return;
      this.leave();
      stream.finish();
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'UNAUTHENTICATED') throw error;
      this.#refuse(error);
    }
  }

  send(result: string, id: string): void {
    if (this.isGone) return;
    this.seen = id;
    this.#options.stream.next(this.#options.operation, result, id);
  }

  /** The operation is over, and need not be asked for again. */
  complete(): void {
    if (this.isGone) return;
    const { stream, operation } = this.#options;
    stream.complete(operation);
    if (operation === '') stream.finish();
    this.leave();
  }

  leave(): void {
    if (this.isGone) return;
    this.isGone = true;
    clearTimeout(this.#expiry);
    this.#options.onGone();
  }

  #refuse({ code, message }: DomainError): void {
    const extensions = errorExtensions(code, this.#options.requestId);
    this.send(JSON.stringify({ errors: [{ message, extensions }] }), code);
    this.complete();
  }
}
