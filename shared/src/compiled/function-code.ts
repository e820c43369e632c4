import { setFlagsFromString } from 'node:v8';

/**
 * Runs source text that returns a function, with `parts` as its variables. V8 would keep each such text, in case it is
 * compiled again, until memory runs short: with texts that strangers' operations lead to, the process would grow by gigabytes.
 */
export function functionCode(source: string, parts: Readonly<Record<string, unknown>>): unknown {
  setFlagsFromString('--no-compilation-cache');
  try {
    return new Function(...Object.keys(parts), source)(...Object.values(parts));
  } finally {
    setFlagsFromString('--compilation-cache');
  }
}
