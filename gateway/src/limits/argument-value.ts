import { type FieldNode, Kind, type ValueNode, valueFromASTUntyped } from 'graphql';
import type { Variables } from './cost-expression.ts';

/** A value that the document says, or where to find it in a request's variables. */
export type Value = { readonly said: unknown } | { readonly from: (variables: Variables) => unknown };

/** Values of variables that a request leaves out. */
export type Defaults = ReadonlyMap<string, unknown>;

const missing: Value = { said: undefined };

function below(value: unknown, path: readonly string[]): unknown {
  let inner = value;
  for (const name of path) {
    if (typeof inner !== 'object' || inner === null) return undefined;
    inner = (inner as Record<string, unknown>)[name];
  }
  return inner;
}

function fromVariable(name: string, path: readonly string[], defaults: Defaults): Value {
  const fallback = below(defaults.get(name), path);
  return {
    from: (variables) => {
      const given = Object.hasOwn(variables, name) ? variables[name] : undefined;
      return given === undefined ? fallback : below(given, path);
    },
  };
}

/** What a value holds at a path. A list stays its nodes: its length is all that counts. */
function valueAt(node: ValueNode, path: readonly string[], defaults: Defaults): Value {
  if (node.kind === Kind.VARIABLE) return fromVariable(node.name.value, path, defaults);
  const [name, ...rest] = path;
  if (name !== undefined) {
    if (node.kind !== Kind.OBJECT) return missing;
    const field = node.fields.find((candidate) => candidate.name.value === name);
    return field ? valueAt(field.value, rest, defaults) : missing;
  }
  return { said: node.kind === Kind.LIST ? node.values : valueFromASTUntyped(node) };
}

/** What a field is given at a path: an argument's name, then those of input fields. */
export function argumentAt(field: FieldNode, [name, ...rest]: readonly string[], defaults: Defaults): Value {
  const argument = field.arguments?.find((candidate) => candidate.name.value === name);
  return argument ? valueAt(argument.value, rest, defaults) : missing;
}

/** A value worked into another: at once where it is known, else for each request. */
export function derive(value: Value, to: (value: unknown) => number): number | ((variables: Variables) => number) {
  if ('said' in value) return to(value.said);
  return (variables) => to(value.from(variables));
}
