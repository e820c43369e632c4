import { randomUUID } from 'node:crypto';
import type { ApolloServer } from '@apollo/server';
import { DomainError } from '@gastronom/shared/domain-error';
import { onIdentityChanged } from '@gastronom/shared/identity-changed';
import { onLive } from '@gastronom/shared/live';
import type { Logger } from '@gastronom/shared/logger';
import type { Broadcast } from '@gastronom/shared/redis/broadcast';
import type { Viewer } from '@gastronom/shared/viewer';
import type { GatewayContext } from '../graphql/context.ts';
import { errorExtensions } from '../graphql/format-error.ts';
import type { Admitted } from './admitted.ts';
import { LiveQuery, type Result } from './live-query.ts';
import { type Topic, topicsOf } from './live-topics.ts';
import type { Watcher } from './watcher.ts';

export interface LiveQueriesOptions {
  readonly apollo: ApolloServer<GatewayContext>;
  readonly broadcast: Broadcast;
  readonly logger: Logger;
  readonly lookMs: number;
  readonly debounceMs: number;
  readonly timeoutMs: number;
}

/** How many are run at a time: what many watch at once must not keep those waiting who ask for something now. */
const atOnce = 8;

/** All live queries of this process, by who asks for what, and by what they hang on. */
export class LiveQueries {
  readonly #options: LiveQueriesOptions;
  readonly #queries = new Map<string, LiveQuery>();
  readonly #byTopic = new Map<Topic, Set<LiveQuery>>();
  readonly #waiting: (() => void)[] = [];
  readonly #stops: (() => void)[];
  #running = 0;

  constructor(options: LiveQueriesOptions) {
    this.#options = options;
    const { broadcast, debounceMs } = options;
    this.#stops = [
      onLive(broadcast, (change) => {
        for (const topic of topicsOf(change))
          for (const query of this.#byTopic.get(topic) ?? []) query.look(debounceMs);
      }),
      onIdentityChanged(broadcast, (change) => {
        for (const query of this.#queries.values())
          if ([...query.watchers].some((watcher) => watcher.isOf(change))) query.look(0);
      }),
    ];
  }

  get size(): number {
    return this.#queries.size;
  }

  /** @returns how to stop watching. */
  watch(admitted: Admitted, viewer: Viewer, watcher: Watcher): () => void {
    const { text, operationName, variables } = admitted;
    const key = JSON.stringify([viewer, text, operationName, variables]);
    const query = this.#queries.get(key) ?? this.#open(key, admitted, viewer);
    query.add(watcher);
    return () => {
      query.remove(watcher);
      if (query.watchers.size === 0) this.#close(key, query);
    };
  }

  stop(): void {
    for (const stop of this.#stops) stop();
  }

  #open(key: string, admitted: Admitted, viewer: Viewer): LiveQuery {
    const query = new LiveQuery({
      admitted,
      viewer,
      lookMs: this.#options.lookMs,
      run: (payer) => this.#inTurn(() => this.#run(admitted, viewer, payer)),
    });
    this.#queries.set(key, query);
    for (const topic of admitted.topics) {
      const those = this.#byTopic.get(topic) ?? new Set();
      this.#byTopic.set(topic, those.add(query));
    }
    return query;
  }

  #close(key: string, query: LiveQuery): void {
    if (this.#queries.get(key) === query) this.#queries.delete(key);
    for (const topic of query.admitted.topics) {
      const those = this.#byTopic.get(topic);
      those?.delete(query);
      if (those?.size === 0) this.#byTopic.delete(topic);
    }
  }

  async #inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    if (this.#running >= atOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      return await work();
    } finally {
      // Whoever waited longest takes over the place.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }

  /** Runs it as any operation of that viewer, through the same code. */
  async #run(admitted: Admitted, viewer: Viewer, payer: Watcher | undefined): Promise<Result> {
    const { text: query, operationName, variables } = admitted;
    const requestId = randomUUID();
    const logger = this.#options.logger.child({ requestId });
    const time = this.#time();
    const contextValue: GatewayContext = {
      viewer,
      client: payer?.client,
      requestId,
      logger,
      limits: payer?.limits ?? null,
      signal: time.signal,
      live: 'run',
    };
    try {
      const { body } = await this.#options.apollo.executeOperation(
        { query, variables, ...(operationName === undefined ? {} : { operationName }) },
        { contextValue },
      );
      if (body.kind !== 'single') throw new Error('no operation is answered in pieces');
      return body.singleResult;
    } catch (error) {
      logger.error({ err: error }, 'a live query failed');
      const extensions = errorExtensions('INTERNAL_SERVER_ERROR', requestId);
      return { errors: [{ message: 'Something went wrong on our side.', extensions: { ...extensions } }] };
    } finally {
      time.end();
    }
  }

  #time(): { signal: AbortSignal; end(): void } {
    const { timeoutMs } = this.#options;
    const over = new AbortController();
    const late = () => new DomainError('OPERATION_TIMEOUT', `The operation took longer than ${timeoutMs} ms.`);
    const timer = setTimeout(() => over.abort(late()), timeoutMs).unref();
    return { signal: over.signal, end: () => clearTimeout(timer) };
  }
}
