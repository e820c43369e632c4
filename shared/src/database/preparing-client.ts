import { createHash } from 'node:crypto';
import pg from 'pg';

/** Statements that a pool prepares. Those beyond run as they come: each connection keeps what it prepared. */
const mostPrepared = 500;
/**
 * A statement that comes so often is worth preparing. Once there are many, it has to come more often: clients who vary what
 * they ask must not take the place of what all ask.
 */
const worthPreparing = (prepared: number): number => (prepared < mostPrepared / 2 ? 3 : 100);

/** What a pool is asked often, and under which name it is prepared. */
class FrequentStatements {
  readonly #seen = new Map<string, number>();
  readonly #names = new Map<string, string>();

  /** Undefined for a statement that is seldom asked. */
  nameOf(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known || this.#names.size >= mostPrepared) return known;
    const times = (this.#seen.get(text) ?? 0) + 1;
    if (times < worthPreparing(this.#names.size)) {
      // What was seen once, long ago, says nothing of what is asked often.
      if (this.#seen.size >= mostPrepared * 4) this.#seen.clear();
      this.#seen.set(text, times);
      return undefined;
    }
    this.#seen.delete(text);
    const name = createHash('sha256').update(text).digest('base64url').slice(0, 32);
    this.#names.set(text, name);
    return name;
  }
}

/**
 * Connections of one pool that prepare the statements they are asked often, so that PostgreSQL parses and plans them once.
 * It then chooses by itself between that plan and one for the values at hand.
 */
export function preparingClient(): typeof pg.Client {
  const statements = new FrequentStatements();
  return class PreparingClient extends pg.Client {
    // Its many forms are those of pg: what is no text with values passes unchanged.
    override query = ((...args: unknown[]): unknown => {
      const [text, values, ...rest] = args;
      const hasValues = typeof text === 'string' && Array.isArray(values) && values.length > 0;
      const name = hasValues ? statements.nameOf(text) : undefined;
      const config = name === undefined ? args : [{ name, text, values }, ...rest];
      return (super.query as (...args: unknown[]) => unknown)(...config);
    }) as pg.Client['query'];
  };
}
