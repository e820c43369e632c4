/** A pattern for ILIKE that finds the text as it stands: its own `%` and `_` are no wildcards. PostgreSQL takes no NUL. */
export const containing = (text: string): string =>
  `%${text
    .trim()
    .replaceAll('\0', '')
    .replace(/[\\%_]/g, '\\$&')}%`;
