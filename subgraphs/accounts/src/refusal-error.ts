import type { RefusalCode } from './refusal-codes.ts';

/** An act that cannot be done as it was asked for, in a way that the caller can mend: it becomes one of `userErrors`. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError';

  constructor(
    readonly code: RefusalCode,
    readonly field: string[],
    message: string,
  ) {
    super(message);
  }
}

interface Problem {
  code: string;
  field: string[];
  message: string;
}

/** What the work makes, or the refusal that it met as data: nothing was done then. */
export async function orRefusal<Done extends object, None extends object>(
  none: None,
  work: () => Promise<Done>,
): Promise<(Done | None) & { userErrors: Problem[] }> {
  try {
    return { ...(await work()), userErrors: [] };
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error;
    const { code, field, message } = error;
    return { ...none, userErrors: [{ code, field, message }] };
  }
}
