import { Kind, OperationTypeNode, parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { SubgraphOperation } from '../subgraph.ts';

/** What is worked out once for the text of an operation, however often it is sent. */
export interface OperationText {
  /** The beginning of the body: the text as JSON, without what changes from call to call. */
  readonly opening: string;
  /** Whether it only reads, so that asking again changes nothing. */
  readonly isQuery: boolean;
}

/** A text that cannot be read is taken for one that writes: it is sent once, and the subgraph says what is wrong. */
function onlyReads(text: string): boolean {
  try {
    return parse(text, { noLocation: true }).definitions.every(
      (definition) => definition.kind !== Kind.OPERATION_DEFINITION || definition.operation === OperationTypeNode.QUERY,
    );
  } catch {
    return false;
  }
}

/** The texts that are sent, in bounded memory: a gateway asks with those of its plans, which are few. */
export class OperationTexts {
  readonly #known = new LRUCache<string, OperationText>({ max: 5_000, maxSize: 8_000_000 });

  of(text: string): OperationText {
    const known = this.#known.get(text);
    if (known) return known;
    const read = { opening: `{"query":${JSON.stringify(text)}`, isQuery: onlyReads(text) };
    this.#known.set(text, read, { size: text.length + 1 });
    return read;
  }
}

/** The body of a call. */
export function bodyOf({ opening }: OperationText, { operationName, variables }: SubgraphOperation): string {
  const name = operationName ? `,"operationName":${JSON.stringify(operationName)}` : '';
  return variables ? `${opening}${name},"variables":${JSON.stringify(variables)}}` : `${opening}${name}}`;
}
