/** Whether a value out of a cursor is a moment as our cursors carry it, and one that PostgreSQL knows too. */
export const isMoment = (value: unknown): value is string =>
  typeof value === 'string' &&
  /^[12]\d{3}-/.test(value) &&
  !Number.isNaN(Date.parse(value)) &&
  new Date(value).toISOString() === value;
