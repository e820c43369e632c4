import { hash } from 'node:crypto';
import { resultText } from '../execution/answer-text.ts';
import { answerBytes } from '../graphql/answer-bytes.ts';
import type { GatewayContext } from '../graphql/context.ts';

type Data = Readonly<Record<string, unknown>>;

const answers = new WeakMap<object, PublicAnswer>();

/** What was asked, and nothing of who asked: two who ask so get the same. */
export interface Question {
  /** The operation, as `variablesKey` goes on. */
  readonly operation: string;
  /** The names of its variables. */
  readonly variables: readonly string[];
  readonly key: string;
  /** What each who asks is charged for it. */
  readonly points: number;
}

/** Where answers come from that are there already, or are on their way. */
export interface AnswerSource {
  /** Whether it is there, or only on its way; undefined where neither. */
  stateOf(key: string): 'there' | 'coming' | undefined;
  /** Charges who asks, and answers; undefined where that has to be done in the usual way. */
  answerKnown(key: string, context: GatewayContext, signal?: AbortSignal): Promise<PublicAnswer | undefined>;
}

/** An answer without errors that is nobody’s own. It is written as JSON once, whoever reads it. */
export class PublicAnswer {
  readonly data: Data;
  /** When it began to be read: nothing in it is older. */
  readonly since: number;
  readonly question: Question;
  readonly source: AnswerSource;
  #text: string | undefined;
  #bytes: Buffer | string | undefined;
  #tag: string | undefined;

  constructor(data: Data, since: number, question: Question, source: AnswerSource) {
    this.data = data;
    this.since = since;
    this.question = question;
    this.source = source;
    answers.set(data, this);
  }

  get text(): string {
    this.#text ??= resultText({ data: this.data });
    return this.#text;
  }

  /** As it is sent: writing Cyrillic as bytes costs more than all else of sending it. */
  get bytes(): Buffer | string {
    this.#bytes ??= answerBytes(this.text);
    return this.#bytes;
  }

  /** Names these bytes, however a proxy compresses them. */
  get entityTag(): string {
    this.#tag ??= `W/"${hash('sha256', this.bytes, 'base64url').slice(0, 27)}"`;
    return this.#tag;
  }

  /** Whole seconds since it was read. */
  get age(): number {
    return Math.max(0, Math.floor((Date.now() - this.since) / 1000));
  }
}

interface Result {
  readonly data?: unknown;
  readonly errors?: unknown;
  readonly extensions?: unknown;
}

/** A result as JSON; one that was written before as it was written. */
export function stringifyAnswer(result: object): string {
  const { data, errors, extensions } = result as Result;
  const known =
    errors === undefined && extensions === undefined && typeof data === 'object' && data !== null
      ? answers.get(data)
      : undefined;
  return known?.text ?? resultText(result);
}
