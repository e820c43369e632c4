import type { ApolloServerOptions, BaseContext } from '@apollo/server';
import type { DocumentReader } from './document-reader.ts';

type DocumentStore = NonNullable<ApolloServerOptions<BaseContext>['documentStore']>;

/** The reader's documents as Apollo looks them up: by a hash of the schema, then that of the text. */
export const documentStore = (reader: DocumentReader): DocumentStore => ({
  get: async (key) => reader.known(key.slice(-64)),
  // Only what the reader did not know would come here, and it knows all that Apollo is given.
  set: () => Promise.resolve(),
  delete: () => Promise.resolve(false),
});
