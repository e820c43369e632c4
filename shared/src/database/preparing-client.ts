import { createHash } from 'node:crypto';
import pg from 'pg';

/** Statements that a process prepares. Those beyond run as they come: each connection keeps what it prepared. */
const mostPrepared = 500;
/** A statement that comes so often is worth preparing. */
const worthPreparing = 3;

const seen = new Map<string, number>();
const names = new Map<string, string>();

/** The name under which a statement is prepared; undefined for one that is seldom asked. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known || names.size >= mostPrepared) return known;
  const times = (seen.get(text) ?? 0) + 1;
  if (times < worthPreparing) {
    // What was seen once, long ago, says nothing of what is asked often.
    if (seen.size >= mostPrepared * 4) seen.clear();
    seen.set(text, times);
    return undefined;
  }
  seen.delete(text);
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 32);
  names.set(text, name);
  return name;
}

/**
 * A connection that prepares the statements it is asked often, so that PostgreSQL parses and plans them once. It then
 * chooses by itself between that plan and one for the values at hand.
 */
export class PreparingClient extends pg.Client {
  // Its many forms are those of pg: what is no text with values passes unchanged.
  override query = ((...args: unknown[]): unknown => {
    const [text, values, ...rest] = args;
    const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
    const config = name === undefined ? args : [{ name, text, values }, ...rest];
    return (super.query as (...args: unknown[]) => unknown)(...config);
  }) as pg.Client['query'];
}
