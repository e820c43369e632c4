import { givesWay } from '@gastronom/shared/gives-way-tag';
import { histogram } from '@gastronom/shared/metrics';
import type { OperationDefinitionNode } from 'graphql';
import type { GatewayContext } from '../graphql/context.ts';
import type { Execute, ExecutingGateway, Request, Result } from '../graphql/executor.ts';
import { reachedFields } from '../sharing/reached-fields.ts';
import { fieldsTagged } from '../sharing/shared-fields.ts';
import { ReadTimes } from './read-times.ts';
import type { ReadersFirstSettings } from './readers-first-settings.ts';
import { Turns } from './turns.ts';

const waited = histogram('gastronom_gave_way_seconds', 'How long bulk work waited for its turn beside those who read.');

/** Runs operations of which some can wait, by what they say of themselves. */
class ReadersFirst {
  readonly #patient: ReadonlySet<string>;
  readonly #times = new ReadTimes();
  readonly #turns: Turns;
  readonly #known = new WeakMap<OperationDefinitionNode, boolean>();

  constructor(patient: ReadonlySet<string>, { GIVE_WAY_ABOVE_MS, GIVE_WAY_SECONDS }: ReadersFirstSettings) {
    this.#patient = patient;
    this.#turns = new Turns(this.#times, { aboveMs: GIVE_WAY_ABOVE_MS, longestMs: GIVE_WAY_SECONDS * 1_000 });
  }

  run(request: Request, execute: Execute): Promise<Result> {
    if (request.operation.operation !== 'mutation') return this.#read(request, execute);
    return this.#givesWay(request) ? this.#wait(request, execute) : execute(request);
  }

  async #read(request: Request, execute: Execute): Promise<Result> {
    const start = performance.now();
    try {
      return await execute(request);
    } finally {
      this.#times.took(performance.now() - start);
    }
  }

  #wait(request: Request, execute: Execute): Promise<Result> {
    const start = performance.now();
    return this.#turns.run(
      () => {
        waited.observe((performance.now() - start) / 1_000);
        return execute(request);
      },
      (request.context as GatewayContext).signal,
    );
  }

  /** Whether all that a mutation does can wait. */
  #givesWay({ schema, document, operation }: Request): boolean {
    const known = this.#known.get(operation);
    if (known !== undefined) return known;
    const roots = [...reachedFields(schema, document, operation)].filter((field) => field.startsWith('Mutation.'));
    const all = roots.every((field) => this.#patient.has(field));
    this.#known.set(operation, all);
    return all;
  }
}

/** Has bulk work wait for those who read. */
export function readersFirst(
  gateway: ExecutingGateway,
  supergraphSdl: string,
  settings: ReadersFirstSettings,
): ExecutingGateway {
  const patient = fieldsTagged(supergraphSdl, givesWay);
  if (settings.GIVE_WAY_SECONDS === 0 || patient.size === 0) return gateway;
  const first = new ReadersFirst(patient, settings);
  return {
    ...gateway,
    async load(asked) {
      const { executor } = await gateway.load(asked);
      return { executor: executor && ((request) => first.run(request, executor)) };
    },
  };
}
