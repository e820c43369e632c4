import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCodes } from '@gastronom/shared/domain-error';
import { projectRoot } from '@gastronom/shared/env';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { isObjectType } from 'graphql';
import { codesIn, rowCodesOf, userErrorCodesOf } from '../src/reference/errors-page.ts';
import type { NamedSchema } from '../src/reference/permissions-page.ts';
import { definitions } from '../src/subgraph-definitions.ts';

interface Source {
  readonly path: string;
  readonly text: string;
}

/** The product's own files, without tests and what tests use. */
const folders = ['gateway', 'shared', 'pricelist', 'subgraphs/*'];
const sources: Source[] = globSync(
  folders.map((folder) => `${folder}/src/**/*.ts`),
  { cwd: projectRoot },
)
  .filter((path) => !/\.test\.ts$|\/testing\//.test(path))
  .map((path) => ({ path, text: readFileSync(join(projectRoot, path), 'utf8') }));

/** Where codes are declared: a code that stands nowhere else is answered by nobody. */
const declares = /domain-error\.ts$|error-meanings\.ts$|\.errors\.ts$|refusal-codes\.ts$/;
const isAnswered = (code: string, under = ''): boolean =>
  sources.some(({ path, text }) => path.startsWith(under) && !declares.test(path) && text.includes(`'${code}'`));

let schemas: NamedSchema[];
beforeAll(async () => {
  schemas = await Promise.all(definitions.map(async ({ name, buildSchema }) => ({ name, ...(await buildSchema()) })));
});

describe('the codes of errors', () => {
  it('are all answered by somebody', () => {
    // Of Apollo Server's own, where documents are not remembered.
    const foreign = ['PERSISTED_QUERY_NOT_SUPPORTED'];

    expect(Object.keys(errorCodes).filter((code) => !isAnswered(code))).toEqual(foreign);
  });

  it('of inputs are listed with what they mean, wherever a payload has user errors', () => {
    const payloads = schemas.flatMap(({ name, schema }) =>
      Object.values(schema.getTypeMap())
        .filter(isObjectType)
        .filter((type) => 'userErrors' in type.getFields())
        .map((type) => [name, type.name, codesIn(type.getFields().userErrors?.description ?? '').length] as const),
    );

    expect(payloads.length).toBeGreaterThan(8);
    expect(payloads.filter(([, , codes]) => codes === 0)).toEqual([]);
  });

  it('of inputs and rows stand in the sources of the product', () => {
    const listed = schemas.flatMap((schema) => [
      ...userErrorCodesOf(schema).map(({ code, subgraph }) => [code, `subgraphs/${subgraph}/`] as const),
      // Rows are judged by those who own what they are about, and by who reads the file that they stand in.
      ...rowCodesOf(schema).map(({ code }) => [code, ''] as const),
    ]);

    expect(listed.filter(([code, under]) => !isAnswered(code, under))).toEqual([]);
  });

  it('that the sources answer are listed', () => {
    const listed = new Set([
      ...Object.keys(errorCodes),
      ...schemas.flatMap((schema) => [...userErrorCodesOf(schema), ...rowCodesOf(schema)]).map(({ code }) => code),
    ]);
    const written =
      /\bcode: '([A-Z][A-Z_]+)'|\b(?:userError|rejected|fail|[a-z]\w*Error|RefusalError|DomainError|DeliveryTrouble|problem|refused)\((?:[\w.]+, ){0,2}\s*'([A-Z][A-Z_]{2,})'/g;
    const answered = sources.flatMap(({ path, text }) =>
      [...text.matchAll(written)].map(([, plain, called]) => [path, plain ?? called ?? ''] as const),
    );

    expect(answered.length).toBeGreaterThan(60);
    expect(answered.filter(([, code]) => !listed.has(code))).toEqual([]);
  });
});
