import {
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type GraphQLUnionType,
  getNullableType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import type { SharedParts, Tree } from './answer-tree.ts';
import { fieldsCode, type WrittenField } from './fields-code.ts';
import { leafTextOf } from './leaf-text.ts';
import type { PrivateNames } from './private-names.ts';
import { type Choice, selectedOf } from './selections.ts';

/** One writing of an answer. */
export interface Writing {
  readonly shared: SharedParts;
  readonly errors: GraphQLError[];
  /** Where it is at this moment. */
  readonly path: (string | number)[];
  /** What was written of parts that stand in several places. */
  readonly written: Map<Write, Map<object, string>>;
  /** The texts of introspection fields, by their name in the answer. */
  readonly introspection: (name: string) => string;
}

/** Writes a value that is neither null nor missing. Undefined where it cannot stand there: it becomes null. */
export type Write = (value: unknown, writing: Writing) => string | undefined;

const fail = (message: string, { errors, path }: Writing): undefined => {
  errors.push(new GraphQLError(message, { path: [...path] }));
};

/** Writes what stands in several places once. Not where something was wrong with it: errors name their place. */
function once(write: Write): Write {
  return (value, writing) => {
    const { shared, written, errors } = writing;
    if (shared.size === 0 || !shared.has(value as object)) return write(value, writing);
    const texts = written.get(write) ?? new Map<object, string>();
    written.set(write, texts);
    const known = texts.get(value as object);
    if (known !== undefined) return known;
    const before = errors.length;
    const text = write(value, writing);
    if (text !== undefined && errors.length === before) texts.set(value as object, text);
    return text;
  };
}

function listWriter(element: Write, nullable: boolean, at: string): Write {
  return (value, writing) => {
    if (!Array.isArray(value)) return fail(`Invalid value found for ${at}.`, writing);
    const { path } = writing;
    let text = '[';
    let fits = true;
    for (let index = 0; index < value.length; index += 1) {
      const item: unknown = value[index];
      path.push(index);
      const isMissing = item === null || item === undefined;
      const written = isMissing ? undefined : element(item, writing);
      if (written === undefined && !nullable) {
        if (isMissing) fail(`Cannot return null for non-nullable ${at}.`, writing);
        fits = false;
      }
      path.pop();
      text += index === 0 ? (written ?? 'null') : `,${written ?? 'null'}`;
    }
    return fits ? `${text}]` : undefined;
  };
}

/** Compiles how the selections of one operation are written, for one choice of its variables. */
export class AnswerWriter {
  readonly #choice: Choice;
  readonly #names: PrivateNames;

  constructor(choice: Choice, names: PrivateNames) {
    this.#choice = choice;
    this.#names = names;
  }

  /** The whole answer, which is an object of a root type. */
  root(type: GraphQLObjectType, selections: SelectionSetNode): Write {
    return this.#fieldsWriter(type, [selections]);
  }

  #writer(type: GraphQLOutputType, sets: readonly SelectionSetNode[], at: string): Write {
    const nullable = getNullableType(type);
    if (isLeafType(nullable)) {
      const textOf = leafTextOf(nullable);
      return (value, writing) => textOf(value) ?? fail(`Invalid value found for ${at}.`, writing);
    }
    if (isListType(nullable)) {
      const element = this.#writer(nullable.ofType, sets, at);
      return once(listWriter(element, !isNonNullType(nullable.ofType), at));
    }
    return once(this.#objectWriter(nullable, sets, at));
  }

  /** Writes an object by its type: that of the field, or the one that the object says it is of. */
  #objectWriter(declared: GraphQLCompositeType, sets: readonly SelectionSetNode[], at: string): Write {
    const { schema } = this.#choice;
    // A plan leaves the name out where nothing hangs on it: then the object is taken for what the field promises.
    const unnamed = isObjectType(declared) ? declared.name : onlyKindOf(declared, schema);
    const writers = new Map<string, Write>();
    const writerOf = (name: string): Write | undefined => {
      const type = schema.getType(name);
      // A subgraph that knows an interface as an object calls all that implements it by the interface's name.
      const write = isObjectType(type) || isInterfaceType(type) ? this.#fieldsWriter(type, sets) : undefined;
      // Names come from subgraphs: only those of types are remembered.
      if (write) writers.set(name, write);
      return write;
    };
    return (value, writing) => {
      if (typeof value !== 'object' || Array.isArray(value)) return fail(`Invalid value found for ${at}.`, writing);
      const name = isObjectType(declared) ? unnamed : ((value as Tree).__typename ?? unnamed);
      const write = typeof name === 'string' ? (writers.get(name) ?? writerOf(name)) : undefined;
      // Its name may be one that clients must not hear of.
      return write ? write(value, writing) : fail(`Invalid __typename found for object at ${at}.`, writing);
    };
  }

  #fieldsWriter(type: ObjectOrInterface, sets: readonly SelectionSetNode[]): Write {
    const fields: WrittenField[] = [];
    for (const [name, nodes] of selectedOf(type, sets, this.#choice)) {
      const [node] = nodes;
      if (!node) continue;
      const key = this.#names.keyOf(node);
      fields.push({ name, key, ...this.#field(type, node.name.value, below(nodes)) });
    }
    return fieldsCode(fields);
  }

  #field(
    type: ObjectOrInterface,
    fieldName: string,
    sets: readonly SelectionSetNode[],
  ): Pick<WrittenField, 'value' | 'nullable' | 'at'> {
    const at = `field ${type.name}.${fieldName}`;
    if (fieldName === '__typename') {
      // That an object is of an interface is no answer to what it is.
      const text = isObjectType(type) ? `"${type.name}"` : undefined;
      return { value: { kind: 'constant', text }, nullable: false, at };
    }
    if (fieldName === '__schema' || fieldName === '__type') {
      return { value: { kind: 'introspection' }, nullable: true, at };
    }
    const field: GraphQLField<unknown, unknown> | undefined = type.getFields()[fieldName];
    if (!field) throw new Error(`validation let through ${type.name}.${fieldName}`);
    const nullable = !isNonNullType(field.type);
    const leaf = getNullableType(field.type);
    if (isLeafType(leaf)) return { value: { kind: 'leaf', text: leafTextOf(leaf) }, nullable, at };
    return { value: { kind: 'composite', write: this.#writer(field.type, sets, at) }, nullable, at };
  }
}

type ObjectOrInterface = GraphQLObjectType | GraphQLInterfaceType;

/** What an object of an abstract type is at least. */
function onlyKindOf(type: GraphQLInterfaceType | GraphQLUnionType, schema: GraphQLSchema): string {
  const [only, ...others] = schema.getPossibleTypes(type);
  return only && others.length === 0 ? only.name : type.name;
}

const below = (nodes: readonly { readonly selectionSet?: SelectionSetNode | undefined }[]): SelectionSetNode[] =>
  nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
