import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { type Fragments, fragmentsOf } from '../documents/fragments.ts';
import { AnswerWriter, type Write } from './answer-writer.ts';
import { introspect, isIntrospection } from './introspection.ts';
import type { Plan } from './plan.ts';
import type { PrivateNames } from './private-names.ts';
import type { Variables } from './run-plan.ts';
import { chosen, decidingVariables, selectedOf } from './selections.ts';

/** How the operation is answered for one choice of the variables in `@skip` and `@include`. */
export interface Variant {
  readonly plan: Promise<Plan>;
  readonly write: Write;
  readonly introspection: (variables: Variables) => ReadonlyMap<string, string>;
}

/** As many variants as are kept: with several such variables there may be more than anybody uses. */
const keptVariants = 16;

const noTexts: ReadonlyMap<string, string> = new Map();

export function operationOf(document: DocumentNode, name: string | undefined): OperationDefinitionNode {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const found = name === undefined ? operations[0] : operations.find((operation) => operation.name?.value === name);
  if (!found) throw new Error('the document has no such operation');
  return found;
}

export interface Preparation {
  readonly schema: GraphQLSchema;
  readonly names: PrivateNames;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Plans the document without its conditions: planners take them for what they are not. */
  readonly planOf: (document: DocumentNode) => Promise<Plan>;
}

/** An operation with all that can be known of it before it runs. */
export class PreparedOperation {
  readonly #schema: GraphQLSchema;
  readonly #names: PrivateNames;
  readonly #document: DocumentNode;
  readonly #planOf: Preparation['planOf'];
  readonly #operation: OperationDefinitionNode;
  readonly #fragments: Fragments;
  readonly #deciding: readonly string[];
  readonly #variants = new Map<string, Variant>();

  constructor({ schema, names, document, operation, planOf }: Preparation) {
    this.#document = document;
    this.#planOf = planOf;
    this.#schema = schema;
    this.#names = names;
    this.#operation = operation;
    this.#fragments = fragmentsOf(document);
    const sets = [operation, ...this.#fragments.values()].map(({ selectionSet }) => selectionSet);
    this.#deciding = decidingVariables(sets);
  }

  /** What the variables come to, with their defaults; or why they do not fit. */
  coerce(variables: Variables): { readonly coerced: Variables } | { readonly errors: readonly GraphQLError[] } {
    const { variableDefinitions = [] } = this.#operation;
    if (variableDefinitions.length === 0) return { coerced: {} };
    const { coerced, errors } = getVariableValues(this.#schema, variableDefinitions, { ...variables });
    return errors ? { errors } : { coerced: coerced ?? {} };
  }

  /** How it is answered, where variables have these values. */
  variant(coerced: Variables): Variant {
    const key = this.#deciding.map((name) => (coerced[name] === true ? '1' : '0')).join('');
    const known = this.#variants.get(key);
    if (known) return known;
    const variant = this.#compile((name) => coerced[name] === true);
    const [oldest] = this.#variants.keys();
    if (this.#variants.size >= keptVariants && oldest !== undefined) this.#variants.delete(oldest);
    this.#variants.set(key, variant);
    // What could not be planned is tried again.
    variant.plan.catch(() => this.#variants.delete(key));
    return variant;
  }

  #compile(isTrue: (variable: string) => boolean): Variant {
    const schema = this.#schema;
    const operation = this.#operation;
    const fragments = this.#fragments;
    const choice = { schema, fragments, isTrue };
    const type = schema.getRootType(operation.operation);
    if (!type) throw new Error(`the schema has no ${operation.operation}`);
    const { selectionSet } = operation;
    const fields = [...selectedOf(type, [selectionSet], choice).values()].flat();
    const write = new AnswerWriter(choice, this.#names).root(type, selectionSet);
    const plan = this.#planOf(chosen(this.#document, choice));
    const hasIntrospection = fields.some(isIntrospection);
    if (!hasIntrospection) return { plan, write, introspection: () => noTexts };
    const ask = (variables: Variables) => introspect(schema, operation, fields, fragments, variables);
    if (operation.variableDefinitions?.length) return { plan, write, introspection: ask };
    // The schema stays as it is.
    let texts: ReadonlyMap<string, string> | undefined;
    return { plan, write, introspection: () => (texts ??= ask({})) };
  }
}
