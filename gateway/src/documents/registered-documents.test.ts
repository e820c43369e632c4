import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SettingError } from '@gastronom/shared/env';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { readGatewaySettings } from '../env.ts';
import { documentLimits } from '../graphql/graphql-settings.ts';
import { DocumentReader, sha256 } from './document-reader.ts';
import { readRegisteredDocuments } from './registered-documents.ts';

const kind = 'query Kind { __typename }';
const other = 'query Other { name }';

describe('registered documents', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'documents-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** What starting with the documents of a file does. */
  async function start(name: string, content: string) {
    const file = join(folder, name);
    await writeFile(file, content);
    const reader = new DocumentReader(documentLimits(readGatewaySettings({})));
    reader.useSchema(buildSchema('type Query { name: String }'));
    const documents = await readRegisteredDocuments(file);
    documents.warm(reader);
    return { documents, reader };
  }

  it('are read once, when the server starts', async () => {
    const { documents, reader } = await start('map.json', JSON.stringify({ kind, [sha256(other)]: other }));

    expect(documents.size).toBe(2);
    expect([reader.known(sha256(kind))?.kind, reader.known(sha256(other))?.kind]).toEqual(['Document', 'Document']);
    expect(documents.find('kind')).toBe(kind);
    expect(documents.find(`sha256:${sha256(other)}`)).toBe(other);
  });

  it.each([
    ['no.json', '{"a": 1}', 'no.json: it is neither a manifest of Apollo'],
    ['cut.json', '{"a": "{ __ty', 'cut.json: '],
    ['forged.json', JSON.stringify({ [sha256(kind)]: other }), 'is not the hash of its document'],
    ['prefixed.json', JSON.stringify({ [`sha256:${sha256(kind)}`]: other }), 'is not the hash of its document'],
    ['empty.json', '{}', 'holds no documents'],
    ['broken.graphql', '{ nope }', `${sha256('{ nope }')} cannot run: Cannot query field "nope"`],
    ['unread.graphql', '{', 'cannot run: Syntax Error'],
  ])('stop the start where one cannot run: %s', async (name, content, message) => {
    const error = await start(name, content).catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(SettingError);
    expect((error as Error).message).toMatch(/^PERSISTED_DOCUMENTS: /);
    expect((error as Error).message).toContain(message);
  });

  it('stop the start where an id names two documents, or where there is nothing', async () => {
    const twice = await mkdtemp(join(folder, 'twice-'));
    await writeFile(join(twice, 'a.json'), JSON.stringify({ front: kind }));
    await writeFile(join(twice, 'b.json'), JSON.stringify({ front: other }));

    await expect(readRegisteredDocuments(twice)).rejects.toThrow('b.json: front names two different documents');
    await expect(readRegisteredDocuments(join(folder, 'gone'))).rejects.toThrow('PERSISTED_DOCUMENTS: ');
    expect(() => readGatewaySettings({ PERSISTED_DOCUMENTS_ONLY: 'true' })).toThrow('PERSISTED_DOCUMENTS_ONLY: needs');
  });
});
