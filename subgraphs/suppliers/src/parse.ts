import { DomainError } from '@gastronom/shared/domain-error';
import type { z } from 'zod';

/** Reads the JSON of an internal operation. A caller that sends another form has a bug, and is told where. */
export function parseInternal<Schema extends z.ZodType>(schema: Schema, value: unknown, what: string): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new DomainError('BAD_USER_INPUT', `This is no ${what}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
}
