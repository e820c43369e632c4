import { type GraphQLSchema, isIntrospectionType, isObjectType } from 'graphql';
import { allow, type IRules, rule, shield } from 'graphql-shield';
import { DomainError } from './domain-error.ts';
import type { OrganizationType, Role, Viewer } from './viewer.ts';

/** What every rule looks at. */
export interface GuardedContext {
  readonly viewer: Viewer;
}

type ShieldRule = ReturnType<ReturnType<typeof rule>>;
type Check = (viewer: Viewer) => true | Error;

/** Who a rule lets through: said for people, and asked of a viewer. */
export interface Audience {
  readonly who: string;
  readonly allows: (viewer: Viewer) => boolean;
}

export type Rule = ShieldRule & { readonly audience: Audience };

const signInFirst = new DomainError(
  'UNAUTHENTICATED',
  'Sign in first: send a session token or an API key as `Authorization: Bearer …`.',
);
const forbidden = (need: string) => new DomainError('FORBIDDEN', `This needs ${need}.`);

const insideOnly = 'a call from inside the product';

const rules = new Map<string, Rule>();

/** One rule of each audience, as graphql-shield wants it. Who is not signed in at all is told to do that first. */
function viewerRule(who: string, allows: (viewer: Viewer) => boolean): Rule {
  const known = rules.get(who);
  if (known) return known;
  const check = checkOf(who, allows);
  const made = Object.assign(
    rule(who, { cache: 'contextual' })((_root: unknown, _args: unknown, { viewer }: GuardedContext) => check(viewer)),
    { audience: { who, allows } },
  );
  rules.set(who, made);
  return made;
}

const checkOf =
  (who: string, allows: (viewer: Viewer) => boolean): Check =>
  (viewer) => {
    if (allows(viewer)) return true;
    // Nobody signs in as a part of the product.
    return viewer.kind === 'anonymous' && who !== insideOnly ? signInFirst : forbidden(who);
  };

/** Anyone may read the field; it is left without a wrapper, so that it costs nothing. */
export const isPublic: typeof allow = allow;

export const isSignedIn: Rule = viewerRule('a signed-in person', (viewer) => viewer.kind === 'user');

/** A person with one of the roles. An admin may do what staff may. */
export const hasRole = (...wanted: Role[]): Rule =>
  viewerRule(`the role ${wanted.join(' or ')}`, (viewer) => viewer.kind === 'user' && wanted.includes(viewer.role));

export const isStaff: Rule = hasRole('STAFF', 'ADMIN');
export const isAdmin: Rule = hasRole('ADMIN');

/** A person who acts for an organisation of one of the types. */
export const actsFor = (...types: OrganizationType[]): Rule =>
  viewerRule(
    `a person who acts for an organization of the type ${types.join(' or ')}`,
    (viewer) => viewer.kind === 'user' && !!viewer.organization && types.includes(viewer.organization.type),
  );

/** A person who acts for themselves, or for an organisation of another type. */
export const actsForNo = (type: OrganizationType): Rule =>
  viewerRule(
    `a person who acts for no organization of the type ${type}`,
    (viewer) => viewer.kind === 'user' && viewer.organization?.type !== type,
  );

/** A person who acts for an organisation of the type as its ADMIN. */
export const administers = (type: OrganizationType): Rule =>
  viewerRule(
    `a person who acts for an organization of the type ${type} as its ADMIN`,
    (viewer) => viewer.kind === 'user' && viewer.organization?.type === type && viewer.organization.role === 'ADMIN',
  );

/** Who keeps what an organisation has set up: its ADMINs, and staff for the shop. Whose it is stands in the query. */
export const administersOrIsStaff: Rule = viewerRule(
  'a person who acts for an organization as its ADMIN, or the role STAFF or ADMIN',
  (viewer) => isStaff.audience.allows(viewer) || (viewer.kind === 'user' && viewer.organization?.role === 'ADMIN'),
);

const scopeOf = (scope: string): Audience => ({
  who: `an API key with the scope ${scope}`,
  allows: (viewer) => viewer.kind === 'service' && viewer.scopes.includes(scope),
});

/** A machine whose API key has the scope. */
export function hasScope(scope: string): Rule {
  const { who, allows } = scopeOf(scope);
  return viewerRule(who, allows);
}

/** A rule at a REST endpoint: throws what its caller is told. */
export function requireRule(viewer: Viewer, { audience: { who, allows } }: Rule): void {
  const may = checkOf(who, allows)(viewer);
  if (may !== true) throw may;
}

/** The same for a machine whose API key must have the scope. */
export const requireScope = (viewer: Viewer, scope: string): void => requireRule(viewer, hasScope(scope));

/** Whoever one of the rules lets in. */
export const anyOf = (...rules: readonly Rule[]): Rule =>
  viewerRule(rules.map(({ audience }) => audience.who).join(', or '), (viewer) =>
    rules.some(({ audience }) => audience.allows(viewer)),
  );

/** Staff, or a machine whose API key has the scope. */
export const isStaffOrHasScope = (scope: string): Rule =>
  viewerRule(
    `${isStaff.audience.who}, or ${scopeOf(scope).who}`,
    (viewer) => isStaff.audience.allows(viewer) || scopeOf(scope).allows(viewer),
  );

/** Another part of the product, never a client. */
export const isInternal: Rule = viewerRule(insideOnly, (viewer) => viewer.kind === 'internal');

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
      // A subscription is its query's twin; graphql-shield would guard its stream alone, which is not asked for here.
      const middleware = middlewares[typeName === 'Subscription' ? 'Query' : typeName]?.[name];
      if (!chosen || chosen === isPublic || !middleware) continue;
      const resolve = (field.resolve ?? ((source: Record<string, unknown>) => source[name])) as Resolve;
      field.resolve = (...args) => middleware(resolve, ...args);
    }
  }
  return schema;
}
