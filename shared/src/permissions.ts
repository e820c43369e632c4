import { type GraphQLSchema, isIntrospectionType, isObjectType } from 'graphql';
import { allow, type IRules, rule, shield } from 'graphql-shield';
import { DomainError } from './domain-error.ts';
import type { Role, Viewer } from './viewer.ts';

/** What every rule looks at. */
export interface GuardedContext {
  readonly viewer: Viewer;
}

type Rule = ReturnType<ReturnType<typeof rule>>;
type Check = (viewer: Viewer) => true | Error;

const signInFirst = new DomainError(
  'UNAUTHENTICATED',
  'Sign in first: send a session token or an API key as `Authorization: Bearer …`.',
);
const forbidden = (need: string) => new DomainError('FORBIDDEN', `This needs ${need}.`);

const rules = new Map<string, Rule>();

/** One rule of each name, as graphql-shield wants it. */
function viewerRule(name: string, check: Check): Rule {
  const made =
    rules.get(name) ??
    rule(name, { cache: 'contextual' })((_root: unknown, _args: unknown, context: GuardedContext) =>
      check(context.viewer),
    );
  rules.set(name, made);
  return made;
}

/** Anyone may read the field; it is left without a wrapper, so that it costs nothing. */
export const isPublic: typeof allow = allow;

export const isSignedIn = viewerRule('isSignedIn', (viewer) =>
  viewer.kind === 'user' ? true : viewer.kind === 'anonymous' ? signInFirst : forbidden('a signed-in person'),
);

/** A person with one of the roles. An admin may do what staff may. */
export const hasRole = (...wanted: Role[]): Rule =>
  viewerRule(`hasRole:${wanted.join()}`, (viewer) => {
    if (viewer.kind === 'anonymous') return signInFirst;
    return viewer.kind === 'user' && wanted.includes(viewer.role) ? true : forbidden(`the role ${wanted.join(' or ')}`);
  });

export const isStaff = hasRole('STAFF', 'ADMIN');
export const isAdmin = hasRole('ADMIN');

const scopeCheck =
  (scope: string): Check =>
  (viewer) => {
    if (viewer.kind === 'anonymous') return signInFirst;
    return viewer.kind === 'service' && viewer.scopes.includes(scope)
      ? true
      : forbidden(`an API key with the scope ${scope}`);
  };

/** A machine whose API key has the scope. */
export const hasScope = (scope: string): Rule => viewerRule(`hasScope:${scope}`, scopeCheck(scope));

/** The same for a REST endpoint: throws what its caller is told. */
export function requireScope(viewer: Viewer, scope: string): void {
  const may = scopeCheck(scope)(viewer);
  if (may !== true) throw may;
}

/** Staff, or a machine whose API key has the scope. */
export const isStaffOrHasScope = (scope: string): Rule =>
  viewerRule(`isStaffOrHasScope:${scope}`, (viewer) => {
    if (viewer.kind === 'anonymous') return signInFirst;
    const may =
      (viewer.kind === 'user' && (viewer.role === 'STAFF' || viewer.role === 'ADMIN')) ||
      (viewer.kind === 'service' && viewer.scopes.includes(scope));
    return may ? true : forbidden(`the role STAFF or ADMIN, or an API key with the scope ${scope}`);
  });

/** Another part of the product, never a client. */
export const isInternal = viewerRule('isInternal', (viewer) =>
  viewer.kind === 'internal' ? true : forbidden('a call from inside the product'),
);

/** Every field of every object type, classed. `'*'` classes the fields of a type that are not named; root types name each. */
export type Permissions = Record<string, Record<string, Rule | typeof isPublic>>;

/** Fields that Federation adds and that every subgraph answers. Entities are guarded field by field. */
const federationFields = new Set(['Query._entities', 'Query._service', '_Service.sdl']);
const rootTypes = new Set(['Query', 'Mutation', 'Subscription']);

/** The fields that no rule classes: a schema that has one is refused. */
export function unclassedFields(schema: GraphQLSchema, permissions: Permissions): string[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !isIntrospectionType(type))
    .flatMap((type) =>
      isObjectType(type) ? Object.keys(type.getFields()).map((field) => [type.name, field] as const) : [],
    )
    .filter(([type, field]) => {
      const fieldRules = permissions[type];
      return (
        !federationFields.has(`${type}.${field}`) && !fieldRules?.[field] && (rootTypes.has(type) || !fieldRules?.['*'])
      );
    })
    .map(([type, field]) => `${type}.${field}`);
}

type Resolve = (...args: unknown[]) => unknown;
type Middleware = (resolve: Resolve, ...args: unknown[]) => unknown;

/**
 * Puts a wrapper on every guarded field, and on no other. graphql-shield applied plainly wraps public fields too and
 * makes a promise of each, which doubles the cost of a list.
 */
export function guardSchema(schema: GraphQLSchema, permissions: Permissions): GraphQLSchema {
  const unclassed = unclassedFields(schema, permissions);
  if (unclassed.length > 0) throw new Error(`permissions.ts classes no rule for: ${unclassed.join(', ')}`);

  const generator = shield(permissions as IRules, { allowExternalErrors: true, fallbackRule: allow });
  const middlewares = generator.generate(schema) as unknown as Record<string, Record<string, Middleware>>;
  for (const [typeName, fieldRules] of Object.entries(permissions)) {
    const type = schema.getType(typeName);
    if (!isObjectType(type)) throw new Error(`permissions.ts names ${typeName}, which the schema does not have`);
    for (const [name, field] of Object.entries(type.getFields())) {
      const chosen = fieldRules[name] ?? fieldRules['*'];
      const middleware = middlewares[typeName]?.[name];
      if (!chosen || chosen === isPublic || !middleware) continue;
      const resolve = (field.resolve ?? ((source: Record<string, unknown>) => source[name])) as Resolve;
      field.resolve = (...args) => middleware(resolve, ...args);
    }
  }
  return schema;
}
