import {
  assertValidSchema,
  type DocumentNode,
  type ExecutionResult,
  execute,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
  visit,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { type CoerceVariables, coerceVariables } from './coerce-variables.ts';
import {
  type CompiledOperation,
  type CompileOptions,
  compileOperation,
  NotCompiledError,
} from './compile-operation.ts';
import { Execution } from './execution.ts';
import type { OperationParts } from './field.ts';

/** An operation as it is asked for. */
export interface AskedOperation {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

export type Way = 'compiled' | 'interpreted';

export interface OperationRunner {
  /** Never rejects: what goes wrong stands in the result's errors. */
  run(operation: AskedOperation, contextValue: unknown): ExecutionResult | Promise<ExecutionResult>;
  /** Parses, validates and compiles ahead of the first run. */
  prepare(query: string): void;
  readonly sizes: { readonly documents: number; readonly compiled: number };
}

export interface OperationRunnerOptions extends CompileOptions {
  readonly rootValue?: unknown;
  /** Told of each run. */
  readonly onRun?: (way: Way) => void;
  /** Told when an operation could not be compiled for a reason that nobody foresaw; it is interpreted. */
  readonly onFailure?: (error: unknown, query: string) => void;
  /** How many operations are remembered, and how many characters of them: a compiled one takes some 70 kB, else 10. */
  readonly documents?: { readonly count: number; readonly characters: number };
  readonly compiled?: { readonly count: number; readonly characters: number };
}

/** So many combinations of what an operation may skip are compiled; it has two for each variable. */
const variantLimit = 8;
/** What is larger is rather somebody's joke than a page's query. */
const compiledLength = 100_000;

interface KnownDocument {
  readonly document: DocumentNode;
  runs: number;
}

/** An operation that can be compiled, with what was compiled for each combination of its conditions. */
interface Compilable {
  readonly parts: OperationParts;
  readonly name: string | undefined;
  readonly coerce: CoerceVariables;
  /** The variables that `@skip` and `@include` ask for. */
  readonly conditions: readonly string[];
  readonly variants: Map<string, CompiledOperation | undefined>;
}

type Invalid = readonly GraphQLError[];

const remembering = <Value extends object>(limit: { count: number; characters: number }) =>
  new LRUCache<string, Value>({
    max: limit.count,
    maxSize: limit.characters,
    sizeCalculation: (_value, query) => query.length + 1,
  });

/**
 * Runs operations on a schema: the second run of an operation compiles it, since compiling costs as much as some runs
 * do. What cannot be compiled is run by graphql-js, with the same result.
 */
export function createOperationRunner(schema: GraphQLSchema, options: OperationRunnerOptions = {}): OperationRunner {
  assertValidSchema(schema);
  const { rootValue, onRun } = options;
  const documents = remembering<KnownDocument>(options.documents ?? { count: 1_000, characters: 1_000_000 });
  const compiled = remembering<Compilable>(options.compiled ?? { count: 300, characters: 300_000 });

  const know = (query: string): KnownDocument | Invalid => {
    const known = documents.get(query);
    if (known) return known;
    let document: DocumentNode;
    try {
      document = parse(query, { noLocation: true });
    } catch (error) {
      if (error instanceof GraphQLError) return [error];
      throw error;
    }
    const errors = validate(schema, document);
    if (errors.length > 0) return errors;
    const made = { document, runs: 0 };
    documents.set(query, made);
    return made;
  };

  const attempt = <Made>(query: string, make: () => Made): Made | undefined => {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof NotCompiledError)) options.onFailure?.(error, query);
      return undefined;
    }
  };

  const compilableOf = (query: string, known: KnownDocument): Compilable | undefined => {
    if (query.length > compiledLength) return undefined;
    const made = compilable(schema, known.document);
    if (made) compiled.set(query, made);
    return made;
  };

  /** What was compiled for these variables, or is now. */
  const variantOf = (query: string, operation: Compilable, variables: Readonly<Record<string, unknown>>) => {
    const { conditions, variants, parts } = operation;
    let key = '';
    for (const name of conditions) {
      const value = variables[name];
      // Missing where it is needed: graphql-js knows what to say.
      if (typeof value !== 'boolean') return undefined;
      key += value ? '1' : '0';
    }
    if (variants.has(key) || variants.size >= variantLimit) return variants.get(key);
    const values = Object.fromEntries(conditions.map((name) => [name, variables[name]]));
    const made = attempt(query, () => compileOperation(parts, values, options));
    variants.set(key, made);
    return made;
  };

  const runCompiled = (operation: Compilable, asked: AskedOperation, contextValue: unknown) => {
    const variables = operation.coerce(asked.variables ?? {});
    if (variables.errors) return { errors: variables.errors };
    const variant = variantOf(asked.query, operation, variables.coerced);
    return variant?.(new Execution(rootValue, contextValue, variables.coerced));
  };

  return {
    run(asked, contextValue) {
      const { query, operationName } = asked;
      let operation = compiled.get(query);
      if (!operation) {
        const known = know(query);
        if (!('document' in known)) return { errors: known };
        known.runs++;
        if (known.runs > 1) operation = compilableOf(query, known);
      }
      if (operation && (operationName == null || operationName === operation.name)) {
        const result = runCompiled(operation, asked, contextValue);
        if (result) {
          onRun?.('compiled');
          return result;
        }
      }
      const known = know(query);
      if (!('document' in known)) return { errors: known };
      onRun?.('interpreted');
      return execute({
        schema,
        document: known.document,
        rootValue,
        contextValue,
        variableValues: asked.variables,
        operationName,
      });
    },
    prepare(query) {
      if (compiled.has(query)) return;
      const known = know(query);
      if (!('document' in known)) return;
      const operation = compilableOf(query, known);
      if (operation?.conditions.length === 0) variantOf(query, operation, {});
    },
    get sizes() {
      return { documents: documents.size, compiled: compiled.size };
    },
  };
}

/** The one operation of a document, where it has one that is no subscription. */
function compilable(schema: GraphQLSchema, document: DocumentNode): Compilable | undefined {
  const operations = document.definitions.filter(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const [operation] = operations;
  if (!operation || operations.length > 1 || operation.operation === 'subscription') return undefined;
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  return {
    parts: { schema, operation, fragments },
    name: operation.name?.value,
    coerce: coerceVariables(schema, operation.variableDefinitions ?? []),
    conditions: conditionsOf(document),
    variants: new Map(),
  };
}

function conditionsOf(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive({ name, arguments: given }) {
      if (name.value !== 'skip' && name.value !== 'include') return;
      for (const { value } of given ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names].sort();
}
