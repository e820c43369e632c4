export interface TurnWish {
  /** How long after this turn nobody else has one. */
  readonly delayMs: number;
  /** A turn that comes later than this is none. */
  readonly longestWaitMs: number;
}

export type Turn =
  | { readonly waitMs: number; readonly isTooLate: false }
  /** Nothing was reserved; `waitMs` is when there would have been one. */
  | { readonly waitMs: number; readonly isTooLate: true };

/** The moments at which a host may be asked: whoever reserves one has it for himself, in all processes. */
export interface HostTurns {
  reserve(host: string, wish: TurnWish): Promise<Turn>;
  /** Nobody has a turn before so many milliseconds have passed. */
  postpone(host: string, ms: number): Promise<void>;
}
