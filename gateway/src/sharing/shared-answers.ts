import { DomainError } from '@gastronom/shared/domain-error';
import { onLive } from '@gastronom/shared/live';
import { beforeRead, counter, gauge } from '@gastronom/shared/metrics';
import type { Broadcast } from '@gastronom/shared/redis/broadcast';
import { anonymous, type Viewer } from '@gastronom/shared/viewer';
import type { GraphQLFormattedError } from 'graphql';
import { asGraphQLError } from '../documents/document-reader.ts';
import type { GatewayContext } from '../graphql/context.ts';
import type { Execute, Request, Result } from '../graphql/executor.ts';
import { AnswerCache } from './answer-cache.ts';
import { type AnswerSource, PublicAnswer, type Question } from './public-answer.ts';
import { Shareability } from './shareable.ts';
import type { SharedFields } from './shared-fields.ts';
import { SharedRun } from './shared-run.ts';
import type { SharingSettings } from './sharing-settings.ts';
import { variablesKey } from './variables-key.ts';

const channel = 'shared-answers';

const ways = counter('gastronom_shared_answers_total', 'Queries by how their answer came about.', ['way']);
const kept = ways.labels({ way: 'kept' });
const joined = ways.labels({ way: 'joined' });
const run = ways.labels({ way: 'run' });
const personal = ways.labels({ way: 'personal' });
const drops = counter('gastronom_shared_answers_drops_total', 'How often what was kept was dropped for a change.');
const bytes = gauge('gastronom_shared_answers_bytes', 'What the public answers that are kept take, about.');

/** Things that public answers show, as `tellLive` names their kinds: what can be bought, what is said of it, and the tree. */
const shown = new Set(['product', 'listing', 'category']);

/**
 * Staff and machines always see what is: they change it, and look whether it is so. Those who are left see of fields that
 * are the same for all what a stranger sees.
 */
const seesAsAStranger = (viewer: Viewer): boolean =>
  viewer.kind === 'anonymous' || (viewer.kind === 'user' && viewer.role !== 'STAFF' && viewer.role !== 'ADMIN');

/**
 * The request as nobody’s: whatever the fields say of themselves, an answer that is shared was read for a stranger, and
 * holds nothing that a stranger may not see.
 */
function asNobodys(request: Request, signal: AbortSignal): Request {
  const { requestId, logger } = request.context as GatewayContext;
  const context: GatewayContext = { viewer: anonymous, requestId, logger, signal };
  const { http: _, ...asked } = request.request;
  return { ...request, request: asked, context };
}

/** One execution, and what each who joins it is charged. */
class Run extends SharedRun<Finished> {
  readonly points: number;

  constructor(points: number, ...how: ConstructorParameters<typeof SharedRun<Finished>>) {
    super(...how);
    this.points = points;
  }
}

interface Finished {
  readonly result: Result;
  readonly answer: PublicAnswer | undefined;
}

/** Answers queries whose every field says that it is the same for all: from memory, or by one run for all who wait. */
export class SharedAnswers implements AnswerSource {
  readonly #shareability: Shareability;
  readonly #broadcast: Broadcast;
  readonly #cache: AnswerCache;
  readonly #isOn: boolean;
  readonly #others: (() => Promise<void>) | undefined;
  readonly #running = new Map<string, Run>();
  readonly #stops: (() => void)[];

  /** @param others waited for before a run: until whoever asks at the same moment has joined it. */
  constructor(fields: SharedFields, broadcast: Broadcast, settings: SharingSettings, others?: () => Promise<void>) {
    this.#others = others;
    this.#shareability = new Shareability(fields);
    this.#broadcast = broadcast;
    this.#isOn = settings.ANSWER_SHARING;
    this.#cache = new AnswerCache({
      seconds: this.#isOn ? settings.ANSWER_CACHE_SECONDS : 0,
      bytes: Math.round(settings.ANSWER_CACHE_MB * 1024 * 1024),
    });
    this.#stops = [
      broadcast.subscribe(channel, () => this.#drop()),
      onLive(broadcast, ({ of }) => {
        if (shown.has(of)) this.#drop();
      }),
      beforeRead(() => bytes.set(this.#cache.bytes)),
    ];
  }

  ask(request: Request, execute: Execute): Promise<Result> {
    if (request.operation.operation === 'mutation') return this.#change(request, execute);
    const question = this.#questionOf(request);
    if (question === undefined) {
      personal.inc();
      return execute(request);
    }
    const context = request.context as GatewayContext;
    const known = this.#cache.get(question.key);
    if (!known) return this.#join(question, request, execute);
    kept.inc();
    if (context.shared) context.shared.answer = known;
    return Promise.resolve({ data: known.data });
  }

  stateOf(key: string): 'there' | 'coming' | undefined {
    if (this.#cache.has(key)) return 'there';
    return this.#running.has(key) ? 'coming' : undefined;
  }

  async answerKnown(key: string, context: GatewayContext, signal?: AbortSignal): Promise<PublicAnswer | undefined> {
    const known = this.#cache.get(key);
    const running = known ? undefined : this.#running.get(key);
    const points = known?.question.points ?? running?.points;
    if (points === undefined || !seesAsAStranger(context.viewer)) return undefined;
    await context.limits?.charge(context.viewer, points);
    (known ? kept : joined).inc();
    return known ?? (await running?.join(signal))?.answer;
  }

  stop(): void {
    for (const stop of this.#stops) stop();
  }

  /** What is asked, and nothing of who asks. Undefined where the answer is not to be shared. */
  #questionOf(request: Request): Question | undefined {
    if (!this.#isOn) return undefined;
    const { viewer, signal, points = 0 } = request.context as GatewayContext;
    if (!seesAsAStranger(viewer) || signal?.aborted) return undefined;
    const shareable = this.#shareability.of(request);
    // Sandbox asks for the plan beside the answer.
    if (!shareable || request.request.http?.headers.has('apollo-query-plan-experimental')) return undefined;
    const { id, variables } = shareable;
    const key = variablesKey(variables, request.request.variables ?? {});
    return key === undefined ? undefined : { operation: id, variables, key: id + key, points };
  }

  async #join(question: Question, request: Request, execute: Execute): Promise<Result> {
    const context = request.context as GatewayContext;
    const running = this.#running.get(question.key);
    (running ? joined : run).inc();
    try {
      const { result, answer } = await (running ?? this.#begin(question, request, execute)).join(context.signal);
      if (context.shared) context.shared.answer = answer;
      return answer ? { data: answer.data } : result;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { errors: [asGraphQLError(error)] };
    }
  }

  #begin(question: Question, request: Request, execute: Execute): Run {
    const { key } = question;
    const leave = () => {
      if (this.#running.get(key) === begun) this.#running.delete(key);
    };
    const work = async (signal: AbortSignal): Promise<Finished> => {
      if (this.#others) await this.#others();
      const { generation } = this.#cache;
      const since = Date.now();
      try {
        const result = await execute(asNobodys(request, signal));
        const answer = isWhole(result) ? new PublicAnswer(result.data, since, question, this) : undefined;
        if (answer) this.#cache.keep(key, answer, generation);
        return { result, answer };
      } finally {
        leave();
      }
    };
    const begun = new Run(question.points, work, leave);
    this.#running.set(key, begun);
    return begun;
  }

  /** What was read before a change is nobody’s answer after it: whoever made it sees it, whatever is told when. */
  async #change(request: Request, execute: Execute): Promise<Result> {
    try {
      return await execute(request);
    } finally {
      if (this.#shareability.mayChange(request)) {
        this.#drop();
        this.#broadcast.publish(channel, {});
      }
    }
  }

  /** Those who wait for what is running get it; who comes from now on does not. */
  #drop(): void {
    drops.inc();
    this.#cache.drop();
    this.#running.clear();
  }
}

/** Errors are nobody’s but theirs who got them: who asks next, asks anew. */
function isWhole(result: Result): result is Result & { readonly data: Record<string, unknown> } {
  const { data, errors, extensions } = result as {
    data?: unknown;
    errors?: GraphQLFormattedError[];
    extensions?: unknown;
  };
  return !errors?.length && extensions === undefined && typeof data === 'object' && data !== null;
}
