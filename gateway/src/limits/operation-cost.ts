import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
  valueFromASTUntyped,
} from 'graphql';
import { type Fragments, fragmentsOf } from '../documents/fragments.ts';
import { argumentAt, type Defaults, derive } from './argument-value.ts';
import {
  type Cost,
  free,
  onlyIf,
  type Scope,
  type SelectionCost,
  sum,
  sumSelections,
  times,
  type Variables,
  type Worked,
  work,
} from './cost-expression.ts';
import { dearFields, listedKeys, listSizes, searchedText, syncedRows, weights } from './cost-weights.ts';

/** What an operation costs with the variables of a request. */
export type OperationCost = (variables: Variables) => number;

type SchemaField = GraphQLField<unknown, unknown>;

/** Rows of a page: 20 unless said, never more than 100. What is no number is refused later, and counts as the most. */
function rowsOf(first: unknown): number {
  if (first === undefined || first === null) return weights.page;
  if (typeof first !== 'number' || Number.isNaN(first)) return weights.longestPage;
  return Math.min(Math.max(first, 0), weights.longestPage);
}

const lengthOf = (rows: unknown): number => (Array.isArray(rows) ? rows.length : rows ? 1 : 0);

function defaultsOf(operation: OperationDefinitionNode): Defaults {
  const defaults = new Map<string, unknown>();
  for (const { variable, defaultValue } of operation.variableDefinitions ?? [])
    if (defaultValue) defaults.set(variable.name.value, valueFromASTUntyped(defaultValue));
  return defaults;
}

const lift = (value: number | ((variables: Variables) => number)): Cost =>
  typeof value === 'number' ? value : ({ variables }) => value(variables);

/** Works out once what can be known of an operation's cost. Fragments are worked out once too, wherever they are spread. */
class Compiler {
  readonly #schema: GraphQLSchema;
  readonly #defaults: Defaults;
  readonly #definitions: Fragments;
  readonly #fragments = new Map<string, SelectionCost>();
  /** Fragments that hang on variables, each after those that it spreads. */
  readonly slots: SelectionCost[] = [];

  constructor(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) {
    this.#schema = schema;
    this.#defaults = defaultsOf(operation);
    this.#definitions = fragmentsOf(document);
  }

  selections({ selections }: SelectionSetNode, type: GraphQLCompositeType): SelectionCost {
    return sumSelections(selections.map((selection) => this.#conditional(selection, type)));
  }

  /** What @skip and @include leave out is free: at once where the document says so, else as the variables say. */
  #conditional(selection: SelectionNode, type: GraphQLCompositeType): SelectionCost {
    let cost = this.#selection(selection, type);
    for (const directive of selection.directives ?? []) cost = this.#under(directive, cost);
    return cost;
  }

  #under({ name, arguments: given }: DirectiveNode, cost: SelectionCost): SelectionCost {
    const condition = given?.find((argument) => argument.name.value === 'if')?.value;
    const leavesOut = name.value === 'skip' ? true : name.value === 'include' ? false : undefined;
    if (leavesOut === undefined || !condition) return cost;
    if (condition.kind === Kind.BOOLEAN) return condition.value === leavesOut ? free : cost;
    if (condition.kind !== Kind.VARIABLE) return cost;
    const variable = condition.name.value;
    const fallback = this.#defaults.get(variable);
    return onlyIf((variables) => (variables[variable] ?? fallback) !== leavesOut, cost);
  }

  #selection(selection: SelectionNode, type: GraphQLCompositeType): SelectionCost {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return this.#fragment(selection.name.value);
    if (selection.kind === Kind.FIELD) return this.#field(selection, type);
    const condition = selection.typeCondition?.name.value;
    return this.selections(selection.selectionSet, this.#composite(condition) ?? type);
  }

  #composite(name: string | undefined): GraphQLCompositeType | undefined {
    const type = name === undefined ? undefined : this.#schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  }

  #fragment(name: string): SelectionCost {
    const known = this.#fragments.get(name);
    if (known) return known;
    const definition = this.#definitions.get(name);
    const type = this.#composite(definition?.typeCondition.name.value);
    if (!definition || !type) return free;
    // A circle was refused by validation; this ends it all the same.
    this.#fragments.set(name, free);
    const cost = this.#inSlot(this.selections(definition.selectionSet, type));
    this.#fragments.set(name, cost);
    return cost;
  }

  /** Spread a hundred times, a fragment is still worked out once a request. */
  #inSlot(cost: SelectionCost): SelectionCost {
    if (typeof cost.once === 'number' && typeof cost.eachRow === 'number') return cost;
    const slot = this.slots.push(cost) - 1;
    return {
      once: ({ fragments }) => fragments[slot]?.once ?? 0,
      eachRow: cost.eachRow === 0 ? 0 : ({ fragments }) => fragments[slot]?.eachRow ?? 0,
    };
  }

  #field(node: FieldNode, parent: GraphQLCompositeType): SelectionCost {
    const field = this.#definitionOf(node.name.value, parent);
    if (!field) return free;
    const extra = this.#extra(node, field, parent);
    const type = getNamedType(field.type);
    if (!isCompositeType(type) || !node.selectionSet) return { once: extra, eachRow: 0 };
    const inner = this.selections(node.selectionSet, type);
    const first = lift(derive(argumentAt(node, ['first'], this.#defaults), rowsOf));
    const object = parent.name.startsWith('__') || type.name.startsWith('__') ? weights.introspection : 1;
    const row = sum([object, inner.once, times(first, inner.eachRow)]);
    if (!isListType(getNullableType(field.type))) return { once: sum([extra, row]), eachRow: 0 };
    if (parent.name.endsWith('Connection')) return { once: extra, eachRow: row };
    const paged = field.args.some(({ name }) => name === 'first');
    const rows = paged ? first : (this.#keysOf(node, field, parent) ?? this.#lengthOf(field, parent));
    return { once: sum([extra, times(rows, row)]), eachRow: 0 };
  }

  #definitionOf(name: string, parent: GraphQLCompositeType): SchemaField | undefined {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
  }

  #keysOf(node: FieldNode, field: SchemaField, parent: GraphQLCompositeType): Cost | undefined {
    const path = listedKeys[`${parent.name}.${field.name}`];
    return path && lift(derive(argumentAt(node, path, this.#defaults), lengthOf));
  }

  #lengthOf(field: SchemaField, parent: GraphQLCompositeType): number {
    if (parent.name === '__Schema' && field.name === 'types') return Object.keys(this.#schema.getTypeMap()).length;
    return listSizes[`${parent.name}.${field.name}`] ?? weights.list;
  }

  /** What a field costs beyond the objects that it answers. */
  #extra(node: FieldNode, field: SchemaField, parent: GraphQLCompositeType): Cost {
    const extras: Cost[] = [dearFields[`${parent.name}.${field.name}`] ?? 0];
    if (field.name === 'totalCount') extras.push(weights.totalCount);
    if (parent === this.#schema.getMutationType()) {
      extras.push(weights.mutation);
      const rows = argumentAt(node, syncedRows, this.#defaults);
      extras.push(lift(derive(rows, (items) => lengthOf(items) * weights.syncRow)));
    }
    for (const { name } of field.args) {
      const path = searchedText[name];
      if (!path) continue;
      const text = argumentAt(node, path, this.#defaults);
      extras.push(lift(derive(text, (words) => (words ? weights.search : 0))));
    }
    return sum(extras);
  }
}

/** Works out what it can of an operation's cost from its document alone. */
export function compileCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): OperationCost {
  // Each time that a subscription is answered, it is answered as the query that it is a twin of.
  const isLive = operation.operation === OperationTypeNode.SUBSCRIPTION;
  const root = schema.getRootType(isLive ? OperationTypeNode.QUERY : operation.operation);
  if (!root) return () => 0;
  const compiler = new Compiler(schema, document, operation);
  const { once } = compiler.selections(operation.selectionSet, root);
  if (typeof once === 'number') return () => once;
  const { slots } = compiler;
  return (variables) => {
    const fragments: Worked[] = [];
    const scope: Scope = { variables, fragments };
    for (const slot of slots) fragments.push({ once: work(slot.once, scope), eachRow: work(slot.eachRow, scope) });
    return work(once, scope);
  };
}
