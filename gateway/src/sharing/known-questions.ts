import { LRUCache } from 'lru-cache';
import { type PlainRequest, rememberedCharacters, weightOf } from '../documents/plain-request.ts';
import type { AnswerSource, PublicAnswer } from './public-answer.ts';
import { variablesKey } from './variables-key.ts';

/** A request that has been all the way, whose like need not go it again. */
interface Way {
  readonly source: AnswerSource;
  readonly operation: string;
  readonly variables: readonly string[];
  readonly contentType: string;
}

/** What a request asks, found without reading its document. */
export interface KnownQuestion {
  readonly source: AnswerSource;
  readonly key: string;
  readonly contentType: string;
  readonly isThere: boolean;
}

/**
 * Requests whose answers were the same for all. Who asks the same again is identified and charged, and answered from what
 * is there: the document is neither looked up, read, nor run.
 */
export class KnownQuestions {
  readonly #ways = new LRUCache<string, Way>({ maxSize: rememberedCharacters, sizeCalculation: weightOf });

  /** Undefined where it is not known, or its answer is not there. */
  find(asked: PlainRequest): KnownQuestion | undefined {
    const way = this.#ways.get(asked.key);
    if (!way) return undefined;
    const variables = variablesKey(way.variables, asked.variables);
    const key = variables === undefined ? undefined : way.operation + variables;
    const state = key === undefined ? undefined : way.source.stateOf(key);
    if (key === undefined || state === undefined) return undefined;
    return { source: way.source, key, contentType: way.contentType, isThere: state === 'there' };
  }

  learn({ key, isAddress }: PlainRequest, { question, source }: PublicAnswer, contentType: string): void {
    const operation = isAddress ? question.key : question.operation;
    const variables = isAddress ? [] : question.variables;
    this.#ways.set(key, { source, operation, variables, contentType });
  }
}
