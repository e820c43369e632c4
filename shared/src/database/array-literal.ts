/*
 * Arrays as PostgreSQL reads them, for parameters of thousands of elements: pg looks at each element with care for what it
 * might be, which takes five times as long.
 */

const special = /["\\]/g;

export const textArray = (values: readonly string[]): string =>
  `{${values.map((value) => `"${value.replace(special, '\\$&')}"`).join(',')}}`;

/** Numbers, decimals as text, and booleans: nothing that has to be quoted. */
export const plainArray = (values: readonly (number | string | boolean)[]): string => `{${values.join(',')}}`;
