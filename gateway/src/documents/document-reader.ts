import { hash } from 'node:crypto';
import { DomainError } from '@gastronom/shared/domain-error';
import { type DocumentNode, GraphQLError, type GraphQLSchema, Kind, parse, validate } from 'graphql';
import { LRUCache } from 'lru-cache';
import { type DocumentLimits, exceededLimit, tooLarge, tooManyTokens } from './document-limits.ts';
import { CircularFragmentError } from './document-size.ts';

/** A document that may run, or all that is wrong with it. */
export type Reading = { readonly document: DocumentNode } | { readonly errors: readonly GraphQLError[] };

/** How many characters of documents are remembered, read: each takes up to 65 bytes (175 with its places in the text). */
const rememberedCharacters = 600_000;

/** Enough to mend a document by, too few to make an answer large. */
const maxErrors = 20;

export const sha256 = (text: string): string => hash('sha256', text);

/** An error of ours as GraphQL tells errors. */
export const asGraphQLError = ({ message, code, details }: DomainError): GraphQLError =>
  new GraphQLError(message, { extensions: { code, ...(details ? { details } : {}) } });

const invalid = (error: GraphQLError): GraphQLError =>
  new GraphQLError(error.message, { nodes: error.nodes ?? null, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });

const refuse = (error: DomainError): Reading => ({ errors: [asGraphQLError(error)] });

/** The gateway fetches entities by a variable of this name, beside those of the client. */
function takesReservedName(document: DocumentNode): boolean {
  return document.definitions.some(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      definition.variableDefinitions?.some(({ variable }) => variable.name.value === 'representations'),
  );
}

/**
 * Reads documents: parsed, held to the limits, validated, and remembered. Limits come before validation, whose time
 * grows faster than a document does.
 */
export class DocumentReader {
  readonly #limits: DocumentLimits;
  readonly #known = new LRUCache<string, DocumentNode>({ max: 10_000, maxSize: rememberedCharacters });
  readonly #kept = new Map<string, DocumentNode>();
  #schema: GraphQLSchema | undefined;

  constructor(limits: DocumentLimits) {
    this.#limits = limits;
  }

  /** What documents are validated against; what was read against another schema is forgotten. */
  useSchema(schema: GraphQLSchema): void {
    this.#schema = schema;
    this.#known.clear();
    this.#kept.clear();
  }

  /** A document that was read before, by the SHA-256 of its text. */
  known(key: string): DocumentNode | undefined {
    return this.#kept.get(key) ?? this.#known.get(key);
  }

  read(text: string, key: string): Reading {
    const known = this.known(key);
    if (known) return { document: known };
    const { characters } = this.#limits;
    if (text.length > characters) return refuse(tooLarge('characters', characters, text.length));
    const reading = this.#parse(text);
    if ('errors' in reading) return reading;
    const refusal = this.#tooLarge(reading.document) ?? this.#invalid(reading.document);
    if (refusal) return refusal;
    // Places in the text are for errors, of which there are none.
    const document = parse(text, { noLocation: true });
    this.#known.set(key, document, { size: text.length + 1 });
    return { document };
  }

  /** Reads a document that the shop itself registered: it is held to no limits, and never forgotten. */
  keep(text: string, key: string): readonly GraphQLError[] {
    let document: DocumentNode;
    try {
      document = parse(text, { noLocation: true });
    } catch (error) {
      if (error instanceof GraphQLError) return [error];
      throw error;
    }
    const refusal = this.#invalid(document);
    if (refusal) return 'errors' in refusal ? refusal.errors : [];
    this.#kept.set(key, document);
    return [];
  }

  #parse(text: string): Reading {
    const { tokens } = this.#limits;
    try {
      return { document: parse(text, { maxTokens: tokens }) };
    } catch (error) {
      // The parser went down with the levels, as far as there is room to go.
      if (error instanceof RangeError) return refuse(tooLarge('depth', this.#limits.depth, this.#limits.depth, true));
      if (!(error instanceof GraphQLError)) throw error;
      if (/Document contains more tha[nt] \d+ tokens/.test(error.message)) return refuse(tooManyTokens(text, tokens));
      const { message, source, positions } = error;
      return {
        errors: [new GraphQLError(message, { source, positions, extensions: { code: 'GRAPHQL_PARSE_FAILED' } })],
      };
    }
  }

  #tooLarge(document: DocumentNode): Reading | undefined {
    try {
      const error = exceededLimit(document, this.#limits);
      return error && refuse(error);
    } catch (error) {
      if (!(error instanceof CircularFragmentError)) throw error;
      return refuse(new DomainError('GRAPHQL_VALIDATION_FAILED', error.message));
    }
  }

  #invalid(document: DocumentNode): Reading | undefined {
    if (!this.#schema) throw new Error('the schema has not been loaded');
    if (takesReservedName(document)) {
      return refuse(new DomainError('GRAPHQL_VALIDATION_FAILED', 'A variable cannot be named "$representations".'));
    }
    const errors = validate(this.#schema, document, undefined, { maxErrors });
    if (errors.length === 0) return undefined;
    // graphql-js gives up on documents whose fields repeat so often that comparing them would take too long.
    if (errors.some(({ message }) => message === 'Validation aborted.')) {
      return refuse(
        new DomainError('OPERATION_TOO_LARGE', 'The operation repeats its fields too often to be checked.'),
      );
    }
    return { errors: errors.map(invalid) };
  }
}
