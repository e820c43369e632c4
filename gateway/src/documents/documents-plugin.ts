import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import { DomainError } from '@gastronom/shared/domain-error';
import type { Viewer } from '@gastronom/shared/viewer';
import { GraphQLError } from 'graphql';
import type { GatewayContext, Refusal } from '../graphql/context.ts';
import { type AskedDocument, askedDocument } from './asked-document.ts';
import { asGraphQLError, type DocumentReader, sha256 } from './document-reader.ts';
import type { PersistedQueries } from './persisted-queries.ts';
import type { RegisteredDocuments } from './registered-documents.ts';

export interface DocumentsOptions {
  readonly reader: DocumentReader;
  readonly registered: RegisteredDocuments;
  readonly persisted: PersistedQueries;
  /** Whether all but staff and machines may run registered documents alone. */
  readonly registeredOnly: boolean;
}

interface Source {
  readonly text: string;
  readonly key: string;
}

/** Staff explore, machines are ours or our partners': neither runs a front end that could register what it asks. */
const isFree = (viewer: Viewer): boolean =>
  viewer.kind === 'service' ||
  viewer.kind === 'internal' ||
  (viewer.kind === 'user' && (viewer.role === 'STAFF' || viewer.role === 'ADMIN'));

/** Whether who asks may run the document of a hash. */
export const mayRun = (
  key: string,
  viewer: Viewer,
  { registeredOnly, registered }: Pick<DocumentsOptions, 'registeredOnly' | 'registered'>,
): boolean => !registeredOnly || isFree(viewer) || registered.has(key);

function byId(id: string, { query }: AskedDocument, registered: RegisteredDocuments): Source {
  const text = registered.find(id);
  if (text === undefined)
    throw new DomainError('PERSISTED_QUERY_NOT_FOUND', `No document is registered as ${id.slice(0, 100)}.`);
  if (query !== undefined && query !== text)
    throw new DomainError('BAD_REQUEST', '`query` is not the document that `documentId` names: send one of them.');
  return { text, key: sha256(text) };
}

async function byHash(key: string, { query }: AskedDocument, options: DocumentsOptions): Promise<Source> {
  if (query === undefined) {
    const text = options.registered.find(key) ?? (await options.persisted.find(key));
    // Apollo's clients know the miss by this message, and answer it with the text.
    if (text === undefined) throw new DomainError('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
    return { text, key };
  }
  if (sha256(query) !== key)
    throw new DomainError('BAD_REQUEST', '`sha256Hash` is not the hash of `query`: nothing was stored.');
  return { text: query, key };
}

async function sourceOf(asked: AskedDocument, options: DocumentsOptions): Promise<Source> {
  const { query = '', documentId, persistedHash } = asked;
  if (documentId === undefined && persistedHash === undefined) return { text: query, key: sha256(query) };
  const source =
    documentId === undefined
      ? await byHash(persistedHash ?? '', asked, options)
      : byId(documentId, asked, options.registered);
  if (persistedHash !== undefined && persistedHash !== source.key)
    throw new DomainError('BAD_REQUEST', '`documentId` and `sha256Hash` name different documents: send one of them.');
  return source;
}

/** Finds the document that is asked for and reads it, or says what is wrong; Apollo gets documents that may run. */
async function resolve(
  { request, contextValue }: GraphQLRequestContext<GatewayContext>,
  options: DocumentsOptions,
): Promise<Refusal | undefined> {
  const asked = askedDocument(request);
  const { text, key } = await sourceOf(asked, options);
  if (!mayRun(key, contextValue.viewer, options)) {
    throw new DomainError(
      'DOCUMENT_NOT_REGISTERED',
      'This server runs registered documents alone: name one by `documentId`. Staff and API keys may run any.',
    );
  }
  const reading = options.reader.read(text, key);
  if ('errors' in reading) return { errors: reading.errors, afterReading: true };
  if (asked.persistedHash !== undefined && asked.query !== undefined && !options.registered.has(key))
    options.persisted.remember(key, text);
  request.query = text;
  return undefined;
}

/**
 * Decides which document an operation runs, before Apollo reads it: registered documents, automatic persisted queries,
 * limits and validation. What is refused is taken away from Apollo, and answered in its place (see `error-form.ts`).
 */
export const documents = (options: DocumentsOptions): ApolloServerPlugin<GatewayContext> => ({
  async serverWillStart({ schema }) {
    options.reader.useSchema(schema);
    options.registered.warm(options.reader);
  },
  async requestDidStart(requestContext) {
    const { request, contextValue } = requestContext;
    try {
      contextValue.refusal = await resolve(requestContext, options);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      contextValue.refusal = { errors: [asGraphQLError(error)], afterReading: false };
    }
    // An empty name is none. Persisted queries are done with: Apollo's own handling of them is off.
    if (request.operationName === '') delete request.operationName;
    delete request.extensions?.persistedQuery;
    if (contextValue.refusal) delete request.query;
    return {
      async didResolveOperation({ operation }) {
        if (operation) return;
        throw new GraphQLError(
          request.operationName === undefined
            ? 'The document has several operations: name one of them by `operationName`.'
            : 'The document has no operation of the name that `operationName` gives.',
          { extensions: { code: 'BAD_REQUEST' } },
        );
      },
    };
  },
});
