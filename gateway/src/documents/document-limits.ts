import { DomainError } from '@gastronom/shared/domain-error';
import { type DocumentNode, Lexer, Source, TokenKind } from 'graphql';
import { measureDocument } from './document-size.ts';

/** How large a document and its operations may be. */
export interface DocumentLimits {
  readonly characters: number;
  readonly tokens: number;
  readonly depth: number;
  readonly fields: number;
  readonly aliases: number;
  readonly directives: number;
}

export type Limit = keyof DocumentLimits;

const sentences: Readonly<Record<Limit, (given: string, allowed: number) => string>> = {
  characters: (given, allowed) => `The document has ${given} characters, and at most ${allowed} are allowed.`,
  tokens: (given, allowed) => `The document has ${given} tokens, and at most ${allowed} are allowed.`,
  depth: (given, allowed) => `The operation is ${given} levels deep, and at most ${allowed} are allowed.`,
  fields: (given, allowed) =>
    `The operation asks for ${given} fields, fragments written out, and at most ${allowed} are allowed.`,
  aliases: (given, allowed) =>
    `The operation has ${given} aliases, fragments written out, and at most ${allowed} are allowed.`,
  directives: (given, allowed) =>
    `The operation has ${given} directives, fragments written out, and at most ${allowed} are allowed.`,
};

/** @param given how much came; with `atLeast` it was not counted to the end. */
export function tooLarge(limit: Limit, allowed: number, given: number, atLeast = false): DomainError {
  const counted = atLeast ? `more than ${given}` : String(given);
  return new DomainError('OPERATION_TOO_LARGE', sentences[limit](counted, allowed), {
    limit,
    allowed,
    given,
    ...(atLeast ? { atLeast } : {}),
  });
}

/** Counts tokens, to ten times what is allowed: who sends more is told so much. Throws where the text cannot be read. */
export function tooManyTokens(text: string, allowed: number): DomainError {
  const lexer = new Lexer(new Source(text));
  const enough = allowed * 10;
  let count = 0;
  while (count < enough && lexer.advance().kind !== TokenKind.EOF) count += 1;
  return tooLarge('tokens', allowed, count, count === enough);
}

/** The first of the limits that an operation of the document exceeds. Throws `CircularFragmentError`. */
export function exceededLimit(document: DocumentNode, limits: DocumentLimits): DomainError | undefined {
  const size = measureDocument(document);
  for (const limit of ['depth', 'aliases', 'directives', 'fields'] as const) {
    if (size[limit] > limits[limit]) return tooLarge(limit, limits[limit], size[limit]);
  }
  return undefined;
}
