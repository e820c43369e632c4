import type { Sum } from './decide-sum.ts';
import type { Sign } from './find-sign.ts';
import type { WrittenNumber } from './read-number.ts';

/** What the words around a number make of it; NONE is no sum of money. */
export type CandidateRole = 'PLAIN' | 'NOW' | 'FROM' | 'PER_UNIT' | 'OLD' | 'INSTALMENT' | 'ASIDE' | 'NONE';

/** A number of a text that may be its price. */
export interface Candidate {
  /** Its token, and the last token that belongs to it. */
  readonly index: number;
  end: number;
  number: WrittenNumber;
  /** Currency signs beside it, the nearest first. */
  readonly signs: Sign[];
  /** The signs stand before it. */
  isPrefixed: boolean;
  /** How far its decimal point moves: `3万`, `99¢`. */
  shift: number;
  /** The candidate that ends the range which this one begins. */
  upper: Candidate | null;
  role: CandidateRole;
  sum: Sum | null;
  currency: string | null;
}
