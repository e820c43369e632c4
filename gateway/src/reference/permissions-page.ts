import type { Permissions } from '@gastronom/shared/permissions';
import type { SubgraphSchema } from '@gastronom/shared/subgraph-schema';
import type { GraphQLObjectType, GraphQLSchema } from 'graphql';
import { anyone, objectTypesOf, reachedThrough, whoOf } from './reached-through.ts';

export interface NamedSchema extends SubgraphSchema {
  readonly name: string;
}

const introduction = `# Who may

Every field of every subgraph, and who may ask for it. Written by \`pnpm manage schema print\` from each subgraph's \`permissions.ts\`; \`pnpm manage schema check\`, and with it CI, fails where they differ. A field without a class stops the start. Read changes of this page as what they are: changes of who gets in.

- Who is refused gets a null and an error: \`UNAUTHENTICATED\` without a token, \`FORBIDDEN\` with one.
- _whoever came so far_: the field asks nothing itself; its object is reached only through fields that ask, and these let through whom the page names.
- _anyone_ of \`Organization\`, \`User\` and the like: no rule stands in the way, since they are found by queries that know whose they are.
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

/** Who asks for a field that asks nothing itself: whoever came so far. */
function comersOf(reached: ReadonlySet<string>): string {
  if (reached.has(anyone)) return anyone;
  return reached.size === 0
    ? 'nobody: no field leads there'
    : `whoever came so far: ${[...reached].toSorted().join('; ')}`;
}

/** Fields of the root types one by one; of another type those with a class of their own, then the rest as one. */
function rowsOf(type: GraphQLObjectType, rules: Permissions[string], comers: string): Row[] {
  const own = Object.values(type.getFields()).flatMap((field): Row[] => {
    const chosen = rules[field.name];
    if (!chosen) return [];
    const inApi = !isInaccessible(type) && !isInaccessible(field);
    return [{ field: `${type.name}.${field.name}`, who: whoOf(chosen) ?? comers, inApi }];
  });
  const rows = own.toSorted((a, b) => (a.field < b.field ? -1 : 1));
  const rest = rules['*'];
  if (!rest) return rows;
  return [...rows, { field: `${type.name}.*`, who: whoOf(rest) ?? comers, inApi: !isInaccessible(type) }];
}

/** Root types first, then the others by name. */
function typesOf(schema: GraphQLSchema): GraphQLObjectType[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter(
    (type) => !!type,
  );
  const others = objectTypesOf(schema).filter((type) => !roots.includes(type));
  return [...roots, ...others.toSorted((a, b) => (a.name < b.name ? -1 : 1))];
}

function section({ name, schema, permissions }: NamedSchema): string {
  const reached = reachedThrough(schema, permissions);
  const rows = typesOf(schema).flatMap((type) =>
    rowsOf(type, permissions[type.name] ?? {}, comersOf(reached.get(type.name) ?? new Set())),
  );
  const lines = rows.map(({ field, who, inApi }) => `| \`${field}\` | ${who} | ${inApi ? 'yes' : 'no'} |`);
  return [`## ${name}`, '', '| field | who may | in the API |', '|---|---|---|', ...lines].join('\n');
}

/** docs/PERMISSIONS.md. */
export const permissionsPage = (subgraphs: readonly NamedSchema[]): string =>
  `${[introduction, ...subgraphs.map((subgraph) => `${section(subgraph)}\n`)].join('\n')}`;
