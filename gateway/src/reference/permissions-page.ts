import { isPublic, type Permissions, type Rule } from '@gastronom/shared/permissions';
import type { SubgraphSchema } from '@gastronom/shared/subgraph-schema';
import { type GraphQLObjectType, type GraphQLSchema, isIntrospectionType, isObjectType } from 'graphql';

export interface NamedSchema extends SubgraphSchema {
  readonly name: string;
}

const introduction = `# Who may

Every field of every subgraph, and who may ask for it. Written by \`pnpm manage schema print\` from each subgraph's \`permissions.ts\`; \`pnpm manage schema check\`, and with it CI, fails where they differ. A field without a class stops the start. Read changes of this page as what they are: changes of who gets in.

- Who is refused gets a null and an error: \`UNAUTHENTICATED\` without a token, \`FORBIDDEN\` with one.
- _whoever reached it_: the field asks nothing itself; its object is reached through other fields alone, which do, or are for anyone.
- Fields that are not in the API (\`@inaccessible\`) do not exist for clients: parts of the product call them.
- What belongs to a person or an organization is found only by them: ownership is part of each query, and stands in the field's description.
`;

interface Row {
  readonly field: string;
  readonly who: string;
  readonly inApi: boolean;
}

interface Annotated {
  readonly astNode?: { readonly directives?: readonly { readonly name: { readonly value: string } }[] } | null;
}

const has = (directive: string, { astNode }: Annotated): boolean =>
  astNode?.directives?.some(({ name }) => name.value === directive) ?? false;
/** Whether clients do not find it in the API. */
export const isInaccessible = (annotated: Annotated): boolean => has('inaccessible', annotated);

const whoOf = (chosen: Rule | typeof isPublic, nobodyAsks: string): string =>
  chosen === isPublic ? nobodyAsks : (chosen as Rule).audience.who;

/** Fields of the root types one by one; of another type those with a class of their own, then the rest as one. */
function rowsOf(type: GraphQLObjectType, rules: Permissions[string], isRoot: boolean): Row[] {
  // An entity is reached from any subgraph that names its key.
  const nobodyAsks = isRoot || has('key', type) ? 'anyone' : 'whoever reached it';
  const own = Object.values(type.getFields()).flatMap((field): Row[] => {
    const chosen = rules[field.name];
    if (!chosen) return [];
    const inApi = !isInaccessible(type) && !isInaccessible(field);
    return [{ field: `${type.name}.${field.name}`, who: whoOf(chosen, nobodyAsks), inApi }];
  });
  const rows = own.toSorted((a, b) => (a.field < b.field ? -1 : 1));
  const rest = rules['*'];
  if (!rest) return rows;
  return [...rows, { field: `${type.name}.*`, who: whoOf(rest, nobodyAsks), inApi: !isInaccessible(type) }];
}

/** Root types first, then the others by name. */
function typesOf(schema: GraphQLSchema): [type: GraphQLObjectType, isRoot: boolean][] {
  const roots = [schema.getQueryType(), schema.getMutationType()].filter((type) => !!type);
  const others = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter((type) => !isIntrospectionType(type) && !roots.includes(type))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return [...roots, ...others].map((type) => [type, roots.includes(type)]);
}

function section({ name, schema, permissions }: NamedSchema): string {
  const rows = typesOf(schema).flatMap(([type, isRoot]) => rowsOf(type, permissions[type.name] ?? {}, isRoot));
  const lines = rows.map(({ field, who, inApi }) => `| \`${field}\` | ${who} | ${inApi ? 'yes' : 'no'} |`);
  return [`## ${name}`, '', '| field | who may | in the API |', '|---|---|---|', ...lines].join('\n');
}

/** docs/PERMISSIONS.md. */
export const permissionsPage = (subgraphs: readonly NamedSchema[]): string =>
  `${[introduction, ...subgraphs.map((subgraph) => `${section(subgraph)}\n`)].join('\n')}`;
