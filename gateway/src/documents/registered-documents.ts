import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { SettingError } from '@gastronom/shared/env';
import type { DocumentNode } from 'graphql';
import { z } from 'zod';
import { type DocumentReader, sha256 } from './document-reader.ts';

/** What Apollo's generator writes. */
const apolloManifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string(), body: z.string() })),
});

/** What Relay's compiler and GraphQL Code Generator write: texts by their ids. */
const documentMap = z.record(z.string(), z.string());

const sha256Prefix = 'sha256:';
const isSha256 = (id: string): boolean => /^[0-9a-f]{64}$/i.test(id);

/** An id as it is looked up: a hash counts the same with and without its prefix. */
function plainId(id: string): string {
  const payload = id.startsWith(sha256Prefix) ? id.slice(sha256Prefix.length) : id;
  return isSha256(payload) ? payload.toLowerCase() : id;
}

/** The documents that the shop's own front ends run, known before they are asked for. */
export class RegisteredDocuments {
  readonly #texts = new Map<string, string>();
  readonly #hashes = new Set<string>();

  /** @param id of a client's request, as `sha256:…`, a plain hash, or whatever its manifest calls the document. */
  find(id: string): string | undefined {
    return this.#texts.get(plainId(id));
  }

  /** Whether a text of this hash is registered, under whatever id. */
  has(key: string): boolean {
    return this.#hashes.has(key);
  }

  get size(): number {
    return this.#hashes.size;
  }

  /** Throws, with the reason, what cannot be registered under this id. */
  add(id: string, text: string): void {
    const plain = plainId(id);
    const key = sha256(text);
    if (isSha256(plain) && plain !== key)
      throw new Error(`${id} is not the hash of its document, which is ${sha256Prefix}${key}`);
    const known = this.#texts.get(plain);
    if (known !== undefined && known !== text) throw new Error(`${id} names two different documents`);
    this.#texts.set(plain, text).set(key, text);
    this.#hashes.add(key);
  }

  /** The documents as they were read. */
  read(reader: DocumentReader): DocumentNode[] {
    return [...this.#hashes].flatMap((key) => reader.known(key) ?? []);
  }

  /** Reads every document once, so that none of them is read when it is asked for. Throws at one that cannot run. */
  warm(reader: DocumentReader): void {
    for (const key of this.#hashes) {
      const [error] = reader.keep(this.#texts.get(key) ?? '', key);
      if (error) throw new SettingError(`PERSISTED_DOCUMENTS: the document ${key} cannot run: ${error.message}`);
    }
  }
}

function entriesOf(file: string, content: string): readonly (readonly [id: string, text: string])[] {
  if (extname(file) !== '.json') return [[sha256(content), content]];
  const value: unknown = JSON.parse(content);
  const manifest = apolloManifest.safeParse(value);
  if (manifest.success) return manifest.data.operations.map(({ id, body }) => [id, body]);
  const map = documentMap.safeParse(value);
  if (map.success) return Object.entries(map.data);
  throw new Error('it is neither a manifest of Apollo (version 1) nor a map of ids to documents');
}

async function filesOf(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const names = await readdir(path);
  const wanted = names.filter((name) => ['.json', '.graphql', '.gql'].includes(extname(name)));
  return wanted.sort().map((name) => join(path, name));
}

/**
 * Reads manifests (Apollo's, or maps of ids to documents) and single documents (`.graphql`), of a file or a folder.
 * Throws a `SettingError` that says what is wrong where.
 */
export async function readRegisteredDocuments(path: string | undefined): Promise<RegisteredDocuments> {
  const documents = new RegisteredDocuments();
  if (!path) return documents;
  const trouble = (where: string, error: unknown) =>
    new SettingError(`PERSISTED_DOCUMENTS: ${where}: ${error instanceof Error ? error.message : String(error)}`);
  const files = await filesOf(path).catch((error: unknown) => {
    throw trouble(path, error);
  });
  for (const file of files) {
    try {
      for (const [id, text] of entriesOf(file, await readFile(file, 'utf8'))) documents.add(id, text);
    } catch (error) {
      throw trouble(basename(file), error);
    }
  }
  if (documents.size === 0) throw new SettingError(`PERSISTED_DOCUMENTS: ${path} holds no documents`);
  return documents;
}
