import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { reachedFields } from './reached-fields.ts';
import type { SharedFields } from './shared-fields.ts';

/** An operation whose answer is the same for all who send the same variables. */
export interface Shareable {
  /** Names it, in this process. */
  readonly id: string;
  readonly variables: readonly string[];
}

export interface Asked {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** Knows of each operation whether its answers may be shared: found out once, and kept with its document. */
export class Shareability {
  readonly #fields: SharedFields;
  readonly #known = new WeakMap<OperationDefinitionNode, Shareable | null>();
  readonly #quiet = new WeakMap<OperationDefinitionNode, boolean>();
  #ids = 0;

  constructor(fields: SharedFields) {
    this.#fields = fields;
  }

  /** Null where anything that the operation may reach is somebody’s own, or does not say that it is nobody’s. */
  of(asked: Asked): Shareable | null {
    const known = this.#known.get(asked.operation);
    if (known !== undefined) return known;
    const decided = this.#decide(asked);
    this.#known.set(asked.operation, decided);
    return decided;
  }

  /** Whether a mutation may make another answer of what is shared: unless it says that it does not. */
  mayChange({ schema, document, operation }: Asked): boolean {
    const known = this.#quiet.get(operation);
    if (known !== undefined) return !known;
    const roots = [...reachedFields(schema, document, operation)].filter((field) => field.startsWith('Mutation.'));
    const isQuiet = roots.every((field) => this.#fields.changesNothingShared.has(field));
    this.#quiet.set(operation, isQuiet);
    return !isQuiet;
  }

  #decide({ schema, document, operation }: Asked): Shareable | null {
    if (operation.operation !== 'query') return null;
    for (const field of reachedFields(schema, document, operation)) {
      if (field.includes('.__') || !this.#fields.sameForAll.has(field)) return null;
    }
    this.#ids += 1;
    return {
      id: `${this.#ids}\n`,
      variables: (operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value),
    };
  }
}
