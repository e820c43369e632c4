/** Text as it can be compared with what is stored: PostgreSQL takes no NUL and no half of a surrogate pair. */
export const storable = (text: string, most = 200): string =>
  text.trim().slice(0, most).toWellFormed().replaceAll('\0', '');

/** A pattern for ILIKE that finds the text as it stands: its own `%` and `_` are no wildcards. */
export const containing = (text: string): string => `%${storable(text).replace(/[\\%_]/g, '\\$&')}%`;
