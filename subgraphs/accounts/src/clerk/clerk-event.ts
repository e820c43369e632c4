import { organizationTypes } from '@gastronom/shared/viewer';
import { z } from 'zod';

/** What Clerk sends, as far as anything here hangs on it; the rest of each object may change as it likes. */
export const envelopeSchema = z.object({
  type: z.string().min(1).max(200),
  data: z.unknown(),
  /** When it happened, in milliseconds since 1970. */
  timestamp: z.number().optional(),
});

const id = z.string().min(1).max(200);
/** Clerk's clock, up to the end of the year 9999: the database takes no later one. */
const moment = z
  .number()
  .min(0)
  .max(253_402_300_799_999)
  .transform((milliseconds) => new Date(milliseconds));
/** PostgreSQL keeps no NUL; people's names need none. */
const text = z.string().transform((given) => given.replaceAll('\0', '').trim().slice(0, 500));
const textOrNull = text
  .nullish()
  .transform((given) => (given === undefined || given === null || given === '' ? null : given));

const emailAddressSchema = z.object({
  id: z.string(),
  email_address: text,
  verification: z.object({ status: z.string() }).nullish(),
});

export const userSchema = z.object({
  id,
  first_name: textOrNull,
  last_name: textOrNull,
  username: textOrNull,
  primary_email_address_id: z.string().nullish(),
  email_addresses: z.array(emailAddressSchema).default([]),
  banned: z.boolean().default(false),
  updated_at: moment,
});
export type UserEvent = z.infer<typeof userSchema>;

export const deletedSchema = z.object({ id });

export const sessionSchema = z.object({ id, user_id: id });

export const organizationSchema = z.object({
  id,
  name: text,
  slug: textOrNull,
  image_url: textOrNull,
  // Free for whoever has the secret key to write; what is no type of ours counts as none.
  public_metadata: z.record(z.string(), z.unknown()).nullish(),
  updated_at: moment,
});
export type OrganizationEvent = z.infer<typeof organizationSchema>;

export const organizationTypeOf = ({ public_metadata: metadata }: OrganizationEvent) => {
  const named = typeof metadata?.type === 'string' ? metadata.type.toUpperCase() : undefined;
  return organizationTypes.find((type) => type === named) ?? null;
};

export const membershipSchema = z.object({
  id,
  role: z.string().min(1).max(200),
  organization: organizationSchema,
  public_user_data: z.object({ user_id: id }),
  updated_at: moment,
});
export type MembershipEvent = z.infer<typeof membershipSchema>;

export const invitationSchema = z.object({
  id,
  email_address: text,
  role: z.string().min(1).max(200),
  organization_id: id,
  public_organization_data: z.object({ name: textOrNull, slug: textOrNull }).nullish(),
  updated_at: moment,
});
export type InvitationEvent = z.infer<typeof invitationSchema>;

/** An event of a type that we know, which does not hold what such events hold. */
export class UnreadableEventError extends Error {
  override readonly name = 'UnreadableEventError';
}

export function readEvent<Schema extends z.ZodType>(schema: Schema, data: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  // The message names the field, never its value: that may be a person's.
  throw new UnreadableEventError(`data.${issue?.path.join('.')}: ${issue?.message}`);
}
