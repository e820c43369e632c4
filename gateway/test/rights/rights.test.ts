import { fingerprint } from '@gastronom/shared/testing/fingerprint';
import { createIdleSubgraphs, type IdleSubgraphs } from '@gastronom/shared/testing/idle-subgraphs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ExecutionResult, GraphQLSchema } from 'graphql';
import { isObjectType } from 'graphql';
import { definitions } from '../../src/subgraph-definitions.ts';
import { apiSchema } from '../api-schema.ts';
import { minimalOperation } from './minimal-operation.ts';
import { type ClassedField, readPermissionsTable } from './permissions-table.ts';
import { everyViewer, meansWhom, type ViewerName, viewerNames } from './viewer-table.ts';

const table = readPermissionsTable();
const guarded = table.filter(({ who }) => who !== 'anyone' && !who.startsWith('whoever came so far'));
const sku = 'bread';
/** What somebody who may ask is never answered, whatever is wrong with the arguments. */
const refusals = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'INTERNAL_SERVER_ERROR', 'GRAPHQL_VALIDATION_FAILED']);

/** Entities through which fields of other than root types are reached. */
const references: Readonly<Record<string, object>> = {
  Product: { __typename: 'Product', sku, isAvailable: true, categoryPath: [] },
};

let subgraphs: IdleSubgraphs;
const schemas = new Map<string, GraphQLSchema>();

beforeAll(async () => {
  subgraphs = await createIdleSubgraphs(definitions);
  for (const { name, buildSchema } of definitions) schemas.set(name, (await buildSchema()).schema);
  const run = { source: 'shop', runId: '018f0000-0000-7000-8000-000000000001', actor: 'internal:test' };
  const batch = { ...run, observedAt: new Date().toISOString(), rows: [{ index: 0, sku, name: 'Хлеб' }] };
  const query = 'mutation ($batch: JSON!) { applyProducts(batch: $batch) }';
  const { errors } = await subgraphs.execute('catalog', { query, variables: { batch } }, everyViewer.inside);
  if (errors) throw new Error(JSON.stringify(errors));
});
afterAll(() => subgraphs.close());

interface Asked {
  readonly path: readonly (string | number)[];
  readonly ask: (viewer: ViewerName) => Promise<ExecutionResult>;
}

/** The least operation that reaches the field. */
function asking({ subgraph, type: typeName, field: name }: ClassedField): Asked {
  const type = schemas.get(subgraph)?.getType(typeName);
  const field = isObjectType(type) ? type.getFields()[name] : undefined;
  if (!field) throw new Error(`${subgraph} has no ${typeName}.${name}: the page is stale`);
  const { declarations, selection, variables } = minimalOperation(field);
  const isRoot = ['Query', 'Mutation', 'Subscription'].includes(typeName);
  const reference = references[typeName];
  if (!isRoot && !reference) throw new Error(`say in \`references\` how ${typeName}.${name} is reached`);
  const declared = isRoot ? declarations : [...declarations, '$references: [_Any!]!'];
  const head = `${isRoot ? typeName.toLowerCase() : 'query'} ${declared.length > 0 ? `(${declared.join(', ')})` : ''}`;
  const body = isRoot ? selection : `_entities(representations: $references) { ... on ${typeName} { ${selection} } }`;
  const operation = { query: `${head} { ${body} }`, variables: { ...variables, references: [reference] } };
  return {
    path: isRoot ? [name] : ['_entities', 0, name],
    ask: (viewer) => subgraphs.execute(subgraph, operation, everyViewer[viewer]),
  };
}

const valueAt = (data: unknown, path: Asked['path']): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], data) ?? null;

/** The codes that the field itself was answered with. */
const codesAt = ({ errors = [] }: ExecutionResult, path: Asked['path']) =>
  errors
    .filter((error) => JSON.stringify(error.path) === JSON.stringify(path))
    .map(({ extensions }) => extensions.code);

const mayAsk = ({ who, field }: ClassedField): readonly ViewerName[] => {
  const named = meansWhom[who];
  if (!named) throw new Error(`say in \`meansWhom\` whom "${who}" lets ask for ${field}`);
  return named;
};
const nameOf = ({ subgraph, type, field }: ClassedField) => `${subgraph}: ${type}.${field}`;
const cases = guarded.map((field) => [nameOf(field), field.who, field] as const);

describe('a guarded field', () => {
  it('is refused to all others than the page says, and nothing moves', async () => {
    expect(guarded.length).toBeGreaterThan(40);
    for (const field of guarded) {
      const { ask, path } = asking(field);
      const refused = viewerNames.filter((name) => !mayAsk(field).includes(name));
      const before = await fingerprint(subgraphs.database);
      subgraphs.statements();

      const answers: [ViewerName, unknown, unknown][] = [];
      for (const viewer of refused) {
        const answer = await ask(viewer);
        answers.push([viewer, valueAt(answer.data, path), codesAt(answer, path)]);
      }

      const nobody = field.who === 'a call from inside the product' ? 'FORBIDDEN' : 'UNAUTHENTICATED';
      const expected = refused.map((viewer) => [viewer, null, [viewer === 'anonymous' ? nobody : 'FORBIDDEN']]);
      expect({ field: nameOf(field), answers }).toEqual({ field: nameOf(field), answers: expected });
      // What is refused at the root is refused before the database is asked for anything.
      if (path.length === 1) expect({ field: nameOf(field), sql: subgraphs.statements() }).toMatchObject({ sql: [] });
      expect({ field: nameOf(field), moved: await fingerprint(subgraphs.database) }).toMatchObject({ moved: before });
    }
  });

  it.each(cases)('%s is answered to those of whom the page says: %s', async (_name, _who, field) => {
    const { ask, path } = asking(field);

    for (const viewer of mayAsk(field)) {
      const answer = await ask(viewer);

      const codes = (answer.errors ?? []).map(({ extensions }) => extensions.code);
      const isReached = path.length === 1 || valueAt(answer.data, path.slice(0, -1)) !== null;
      expect({ viewer, isReached, refusals: codes.filter((code) => refusals.has(String(code))) }).toEqual({
        viewer,
        isReached: true,
        refusals: [],
      });
    }
  });

  it('is in the API unless it is for the product alone', async () => {
    const inside = guarded.filter(({ who }) => who === 'a call from inside the product');

    expect(inside.length).toBeGreaterThan(10);
    for (const field of guarded) expect([nameOf(field), field.inApi]).toEqual([nameOf(field), !inside.includes(field)]);
    const api = await apiSchema();
    for (const { type, field } of inside) {
      const known = api.getType(type);
      expect([field, isObjectType(known) ? Object.keys(known.getFields()) : []]).not.toEqual([
        field,
        expect.arrayContaining([field]),
      ]);
    }
  });
});
