/** Whether PostgreSQL can store a text at all: it takes neither NUL nor half a surrogate pair. */
export const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** A text that somebody looks for, as it can be compared with what is stored. */
export const storable = (text: string, most = 200): string =>
  text.trim().slice(0, most).toWellFormed().replaceAll('\0', '');

/** A pattern for ILIKE that finds the text as it stands: its own `%` and `_` are no wildcards. */
export const containing = (text: string): string => `%${storable(text).replace(/[\\%_]/g, '\\$&')}%`;
