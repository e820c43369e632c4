import type { UserError } from './user-error.type.ts';

/** Codes, each with what is wrong where it is answered. */
export type CodeMeanings<Code extends string = string> = Readonly<Record<Code, string>>;

/** Codes as a field's description lists them. docs/ERRORS.md is made of what stands there. */
export const describeCodes = (introduction: string, meanings: CodeMeanings): string =>
  [`${introduction}:`, ...Object.entries(meanings).map(([code, meaning]) => `- \`${code}\`: ${meaning}`)].join('\n');

/** Makes the user errors of one payload, and describes the field that answers them: no code is answered that it does not list. */
export interface UserErrorCodes<Code extends string> {
  /** @param field path to the input field, outermost first. */
  (code: Code, field: string[], message: string): UserError;
  readonly description: string;
}

/** Declares the codes with which a payload refuses its input. */
export function userErrorCodes<Code extends string>(
  meanings: CodeMeanings<Code>,
  introduction = 'What is wrong with the input; then nothing changed',
): UserErrorCodes<Code> {
  const make = (code: Code, field: string[], message: string): UserError => ({ code, field, message });
  return Object.assign(make, { description: describeCodes(introduction, meanings) });
}
