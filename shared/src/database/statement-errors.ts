import pg from 'pg';

/** Whether the connection outlives the error: the statement alone failed. */
export const isOfStatement = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.severity === 'ERROR';
