import { hash } from 'node:crypto';
import { resultText } from '../execution/answer-text.ts';

type Data = Readonly<Record<string, unknown>>;

const answers = new WeakMap<object, PublicAnswer>();

/** An answer without errors that is nobody’s own. It is written as JSON once, whoever reads it. */
export class PublicAnswer {
  readonly data: Data;
  /** When it began to be read: nothing in it is older. */
  readonly since: number;
  #text: string | undefined;
  #tag: string | undefined;

  constructor(data: Data, since: number) {
    this.data = data;
    this.since = since;
    answers.set(data, this);
  }

  get text(): string {
    this.#text ??= resultText({ data: this.data });
    return this.#text;
  }

  /** Names these bytes, however a proxy compresses them. */
  get entityTag(): string {
    this.#tag ??= `W/"${hash('sha256', this.text, 'base64url').slice(0, 27)}"`;
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
