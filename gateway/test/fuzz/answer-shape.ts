import { errorCodes, isErrorCode } from '@gastronom/shared/domain-error';
import {
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';

/** Traces of what lies behind the door: stacks, files, SQL and what PostgreSQL says. */
const inside =
  /node_modules|file:\/\/|\.[cm]?[jt]s:\d|\\n\s+at |\b(SELECT|INSERT INTO|UPDATE|DELETE FROM) [\w*]|syntax error|invalid input|relation \\"|column \\"|violates|constraint|pg_|postgres|out of range for type|encoding \\"|ECONN|QueryFailed|TypeError|undefined|\[object|\/dist\/|\/subgraphs\//;

function valueTrouble(value: unknown, type: GraphQLOutputType, node: FieldNode): string | undefined {
  if (isNonNullType(type)) return value === null ? 'is null' : valueTrouble(value, type.ofType, node);
  if (value === null) return undefined;
  if (isListType(type)) {
    if (!Array.isArray(value)) return 'is no list';
    return value.map((item) => valueTrouble(item, type.ofType, node)).find(Boolean);
  }
  if (!isObjectType(type) || !node.selectionSet) return undefined;
  return objectTrouble(value as Record<string, unknown>, type, node.selectionSet);
}

function objectTrouble(
  value: Record<string, unknown>,
  type: GraphQLObjectType,
  set: SelectionSetNode,
): string | undefined {
  const nodes = set.selections.filter((selection) => selection.kind === Kind.FIELD);
  const asked = new Set(nodes.map((node) => node.alias?.value ?? node.name.value));
  const others = Object.keys(value).filter((key) => !asked.has(key));
  if (others.length > 0) return `holds ${others.join(', ')}, which nobody asked for`;
  for (const node of nodes) {
    const key = node.alias?.value ?? node.name.value;
    const field = type.getFields()[node.name.value];
    if (!(key in value)) return `lacks ${key}`;
    const trouble = field && valueTrouble(value[key], field.type, node);
    if (trouble) return `${type.name}.${node.name.value} ${trouble}`;
  }
  return undefined;
}

interface GivenError {
  readonly message?: unknown;
  readonly extensions?: { readonly code?: unknown; readonly requestId?: unknown };
}

function errorTrouble({ message, extensions }: GivenError): string | undefined {
  const code = extensions?.code;
  if (typeof message !== 'string' || message === '') return 'an error without a message';
  if (!isErrorCode(code)) return `an error with the code ${String(code)}`;
  if (errorCodes[code].status >= 500) return `an error of ours: ${code}`;
  return typeof extensions?.requestId === 'string' ? undefined : 'an error without a request id';
}

/** What is wrong with an answer, whatever was asked; nothing for most. */
export function answerTrouble(schema: GraphQLSchema, query: string, status: number, text: string): string | undefined {
  if (status >= 500) return `HTTP ${status}`;
  const trace = inside.exec(text);
  if (trace) return `it tells of the inside: ${trace[0]}`;
  const { data, errors, ...others } = JSON.parse(text) as {
    data?: Record<string, unknown> | null;
    errors?: GivenError[];
  };
  if (Object.keys(others).length > 0) return `it holds ${Object.keys(others).join(', ')}`;
  const trouble = errors?.map(errorTrouble).find(Boolean);
  if (trouble) return trouble;
  if (!data) return errors && errors.length > 0 ? undefined : 'neither data nor errors';
  const [operation] = parse(query).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return 'no operation was sent';
  const root = operation.operation === 'mutation' ? schema.getMutationType() : schema.getQueryType();
  return root ? objectTrouble(data, root, operation.selectionSet) : 'there is no such root';
}
