/** The time, in milliseconds since 1970; tests have one of their own. */
export type Clock = () => number;
