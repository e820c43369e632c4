import { isDeepStrictEqual } from 'node:util';
import { getVariableValues, parse, print, separateOperations, validate } from 'graphql';
import { operationOf } from '../../src/execution/prepared-operation.ts';
import { chosen } from '../../src/execution/selections.ts';
import { Dice } from '../fuzz/dice.ts';
import { type Conduct, randomConduct } from './conduct.ts';
import { type Case, createEngines, type Engines, type Outcome } from './engines.ts';
import { plainly, troubleWhileDown, troubleWithApollo, troubleWithTruth } from './judge.ts';
import { askMonolith } from './monolith.ts';
import { randomDocument } from './random-document.ts';
import type { World } from './world.ts';

type Run = Outcome | { readonly thrown: unknown };
type FaultOf = (run: Run) => string | undefined;

/** What was found out about one case. */
export interface Verdict {
  /** What is wrong with our answers. */
  readonly faults: readonly string[];
  /** What is wrong with stock Apollo's answer; ours may have it by Apollo's plan alone. */
  readonly apolloFault: string | undefined;
  readonly runs: Readonly<Record<keyof Engines, Run>>;
  readonly truth: Pick<Outcome, 'data' | 'errors'>;
  readonly seen: ReadonlySet<string>;
  /** Whether Apollo's planner stood in for Hive's. */
  readonly substituted: boolean;
}

/** Whether a subgraph that is down was asked: of one that was not, nothing is missing. */
const hasMet = ({ down }: Conduct, { sent }: Outcome): boolean =>
  [...down.keys()].some((name) => sent.some((asked) => asked.startsWith(`${name}: `)));

/** Runs operations by every engine, and says what is wrong with their answers. */
export class Comparison {
  readonly #world: World;
  readonly #engines: Engines;

  constructor(world: World) {
    this.#world = world;
    this.#engines = createEngines(world);
  }

  /** The operation of a number, always the same; valid, since those that are not are passed over. */
  caseOf(number: number): Case {
    for (let attempt = 0; ; attempt += 1) {
      const dice = new Dice(Math.imul(number, 0x9e3779b1) + attempt);
      const { query, ...rest } = randomDocument(dice, this.#world.api, this.#world.size);
      const document = parse(query, { noLocation: true });
      if (validate(this.#world.api, document).length > 0) continue;
      return { document, ...rest, conduct: randomConduct(number, [...this.#world.subgraphs.keys()]) };
    }
  }

  async judge(given: Case): Promise<Verdict> {
    const { document, operationName, variables, conduct } = given;
    const monolith = await askMonolith(this.#world, conduct, document, operationName, variables);
    const run = (name: keyof Engines): Promise<Run> =>
      this.#engines[name].run(given).catch((thrown: unknown) => ({ thrown }));
    const runs = { apollo: await run('apollo'), ownApollo: await run('ownApollo'), ownHive: await run('ownHive') };
    const faultOf: FaultOf = (outcome) => {
      if ('thrown' in outcome) return `threw ${String(outcome.thrown)}`;
      return hasMet(conduct, outcome) ? troubleWhileDown(outcome, monolith) : troubleWithTruth(outcome, monolith);
    };
    const wrong = { apollo: faultOf(runs.apollo), ownApollo: faultOf(runs.ownApollo), ownHive: faultOf(runs.ownHive) };
    const { substituted } = this.#engines.ownHive;
    const faults: string[] = [];
    for (const name of ['ownApollo', 'ownHive'] as const) {
      // What both make of Apollo's plan is the plan's fault, and Hive's plan shows whether ours can do better.
      const mayBeLikeApollo = name === 'ownApollo' || substituted;
      if (!wrong[name] || (mayBeLikeApollo && wrong[name] === wrong.apollo)) continue;
      if (mayBeLikeApollo && (await this.#isOfThePlan(given, wrong[name], faultOf))) continue;
      faults.push(`${this.#engines[name].name}: ${wrong[name]}`);
    }
    const { apollo, ownApollo } = runs;
    // Where Apollo's answer breaks the rules and ours does not, the difference is Apollo's.
    const mayDiffer = wrong.apollo !== undefined || 'thrown' in apollo || 'thrown' in ownApollo;
    const unlike = mayDiffer ? undefined : await this.#unlike(given, ownApollo, apollo, faultOf);
    if (unlike) faults.push(`unlike Apollo: ${unlike}`);
    return {
      faults,
      apolloFault: wrong.apollo,
      runs,
      truth: plainly(monolith.result),
      seen: monolith.seen,
      substituted,
    };
  }

  /** What stock Apollo answers where the conditions are worked out before it plans, as ours does. */
  async #withoutConditions(given: Case): Promise<Run> {
    const { operationName } = given;
    const alone = separateOperations(given.document)[operationName ?? 'Main'] ?? given.document;
    const definitions = operationOf(alone, operationName).variableDefinitions ?? [];
    const { coerced = {} } = getVariableValues(this.#world.api, definitions, given.variables);
    const isTrue = (name: string) => coerced[name] === true;
    const document = chosen(alone, { schema: this.#world.api, fragments: new Map(), isTrue });
    return this.#engines.apollo.run({ ...given, document }).catch((thrown: unknown) => ({ thrown }));
  }

  /** Whether stock Apollo is wrong in the same way by the plan that ours has. */
  async #isOfThePlan(given: Case, fault: string, faultOf: FaultOf): Promise<boolean> {
    return faultOf(await this.#withoutConditions(given)) === fault;
  }

  /** With conditions in its way, Apollo also fetches some of what is skipped, and tells of its errors. */
  async #unlike(given: Case, own: Outcome, apollo: Outcome, faultOf: FaultOf): Promise<string | undefined> {
    const isDown = hasMet(given.conduct, own) || hasMet(given.conduct, apollo);
    const unlike = troubleWithApollo(own, apollo, isDown);
    if (!unlike || !/@(skip|include)/.test(print(given.document))) return unlike;
    const bare = await this.#withoutConditions(given);
    // Without its conditions the operation may be one that Apollo answers wrongly: then nothing is known of its errors.
    return 'thrown' in bare || faultOf(bare) ? undefined : troubleWithApollo(own, bare, isDown);
  }

  /** Whether a case fails, for whatever reason. */
  fails = async (given: Case): Promise<boolean> => (await this.judge(given)).faults.length > 0;
}

const json = (value: unknown): string => JSON.stringify(value, null, 1);

/** All that is needed to see what is wrong, and to do it again. */
export function report(
  world: World,
  number: number,
  { document, variables, operationName, conduct }: Case,
  verdict: Verdict,
): string {
  const answers = Object.entries(verdict.runs).map(([name, run]) => {
    if ('thrown' in run)
      return `== ${name} threw\n${run.thrown instanceof Error ? run.thrown.stack : String(run.thrown)}`;
    const shown = { data: run.data, errors: run.errors };
    const isLikeTruth = isDeepStrictEqual(shown, verdict.truth);
    return `== ${name}\n${isLikeTruth ? '(as graphql-js)' : json(shown)}\n${run.sent.join('\n')}`;
  });
  return [
    `operation ${number} of the ${world.name} supergraph: ${verdict.faults.join('\n  and ')}`,
    print(document),
    `variables ${json(variables)}${operationName ? `, operation ${operationName}` : ''}`,
    `conduct ${json({ ...conduct, down: [...conduct.down] })}`,
    `== graphql-js over the same data\n${json(verdict.truth)}`,
    ...answers,
  ].join('\n\n');
}
