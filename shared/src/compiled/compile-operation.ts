import {
  type ExecutionResult,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  OperationTypeNode,
  TypeNameMetaFieldDef,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';
import { getFieldDef } from 'graphql/execution/execute.js';
import { answerEntities, isEntities } from './entities.ts';
import { Execution, type Place } from './execution.ts';
import {
  type AnswerField,
  type AnswerRead,
  answerRead,
  answerResolved,
  isRead,
  type OperationParts,
  read,
  type SelectedField,
  selectField,
} from './field.ts';
import { type CompiledField, objectCode } from './object-code.ts';
import { type CompileObject, completeValue } from './value.ts';

/** What graphql-js has to run itself. */
export class NotCompiledError extends Error {}

export type CompiledOperation = (execution: Execution) => ExecutionResult | Promise<ExecutionResult>;

type Selection = ReadonlyMap<string, SelectedField['nodes']>;

export interface CompileOptions {
  /** The schema was made by @apollo/subgraph, whose way to answer `_entities` may be shortened. */
  readonly hasReferences?: boolean | undefined;
}

/**
 * Compiles an operation for one set of values of the variables that `@skip` and `@include` ask for: which fields it
 * has is then known for good.
 */
export function compileOperation(
  parts: OperationParts,
  conditions: Readonly<Record<string, unknown>>,
  { hasReferences = false }: CompileOptions = {},
): CompiledOperation {
  const { schema, operation } = parts;
  const type = schema.getRootType(operation.operation);
  if (!type || operation.operation === OperationTypeNode.SUBSCRIPTION) {
    throw new NotCompiledError(`A ${operation.operation} is not compiled.`);
  }
  const compiler = new OperationCompiler(parts, conditions, hasReferences);
  const fields = compiler.rootFields(type);
  return operation.operation === OperationTypeNode.MUTATION ? inOrder(fields) : atOnce(fields);
}

class OperationCompiler {
  private readonly parts: OperationParts;
  private readonly conditions: Record<string, unknown>;
  private readonly fragments: Record<string, FragmentDefinitionNode>;
  private readonly hasReferences: boolean;
  private count = 0;

  constructor(parts: OperationParts, conditions: Readonly<Record<string, unknown>>, hasReferences: boolean) {
    this.hasReferences = hasReferences;
    this.parts = parts;
    this.conditions = conditions;
    this.fragments = parts.fragments;
  }

  rootFields(type: GraphQLObjectType): CompiledField[] {
    const { schema, operation } = this.parts;
    const selection = collectFields(schema, this.fragments, this.conditions, type, operation.selectionSet);
    return this.compileFields(type, selection);
  }

  private compileFields(type: GraphQLObjectType, selection: Selection): CompiledField[] {
    return [...selection].flatMap(([key, nodes]) => this.compileField(type, key, nodes) ?? []);
  }

  private compileField(type: GraphQLObjectType, key: string, nodes: SelectedField['nodes']): CompiledField | undefined {
    const [node] = nodes;
    const definition = node && getFieldDef(this.parts.schema, type, node);
    if (!definition) return undefined;
    // It would set the prototype of the object that has it.
    if (key === '__proto__') throw new NotCompiledError('No answer can be made with the key __proto__.');
    if (definition === TypeNameMetaFieldDef) return { key, constant: type.name };
    const field = selectField(this.parts, type, definition, nodes, this.count++);
    return { field, answer: this.answerOf(field) };
  }

  private answerOf(field: SelectedField): AnswerField | AnswerRead {
    if (this.hasReferences && isEntities(field)) return answerEntities(field, this.compileObject);
    const complete = completeValue(field.definition.type, field, field, this.compileObject);
    return isRead(field) ? answerRead(field, complete) : answerResolved(field, complete);
  }

  private readonly compileObject: CompileObject = (type, { nodes }, { typename, nullable }) => {
    const selected = collectSubfields(this.parts.schema, this.fragments, this.conditions, type, nodes);
    return objectCode(this.compileFields(type, selected), typename, nullable, this.count++);
  };
}

function atOnce(fields: readonly CompiledField[]): CompiledOperation {
  const complete = objectCode(fields, undefined, true, undefined);
  return (execution) => {
    try {
      complete(execution, execution.root, execution.root, '', execution.rootValue);
    } catch (error) {
      execution.fail(error);
    }
    return execution.isWaiting ? execution.settled().then(() => execution.answer()) : execution.answer();
  };
}

/** How a field of the root is answered by itself. */
function rootAnswer(compiled: CompiledField): { readonly key: string; readonly answer: AnswerField } {
  if ('constant' in compiled) return { key: compiled.key, answer: () => compiled.constant };
  const { field, answer } = compiled;
  if (!isRead(field)) return { key: field.key, answer: answer as AnswerField };
  const { name } = field.definition;
  return {
    key: field.key,
    answer: (execution, place, source) =>
      answer(execution, place, source, read((source ?? {}) as Record<string, unknown>, name)),
  };
}

/** A mutation's fields one after the other: each sees what those before it did. */
function inOrder(fields: readonly CompiledField[]): CompiledOperation {
  const answers = fields.map(rootAnswer);
  return async (execution) => {
    const data: NonNullable<Place['value']> & Record<string, unknown> = {};
    execution.root.value = data;
    try {
      for (const { key, answer } of answers) {
        const value = answer(execution, execution.root, execution.rootValue);
        data[key] = value;
        if (execution.isWaiting) await execution.settled();
        if (execution.failed) break;
        // The next may change what this one read.
        execution.forget();
      }
    } catch (error) {
      execution.fail(error);
    }
    return execution.answer();
  };
}
