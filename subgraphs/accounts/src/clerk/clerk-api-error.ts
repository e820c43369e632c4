import { isClerkAPIResponseError } from '@clerk/backend/errors';
import { DomainError } from '@gastronom/shared/domain-error';
import type { Logger } from '@gastronom/shared/logger';
import type { RefusalCode } from '../refusal-codes.ts';
import { RefusalError } from '../refusal-error.ts';

type Told = readonly [code: RefusalCode, message: string];

/** Clerk's own codes of what a caller can mend, as ours. https://clerk.com/docs/guides/development/errors/backend-api */
const refusals: Readonly<Record<string, Told>> = {
  already_a_member_in_organization: ['ALREADY_MEMBER', 'This person is a member already.'],
  organization_membership_quota_exceeded: [
    'QUOTA_EXCEEDED',
    'The organization may have no more members, those who are invited counted.',
  ],
  organization_quota_exceeded: ['QUOTA_EXCEEDED', 'No more organizations can be made at Clerk.'],
  organization_invitation_not_pending: ['NOT_PENDING', 'The invitation was answered or revoked already.'],
};

const invitedBefore: Told = ['ALREADY_INVITED', 'This address was invited already: revoke that invitation first.'];

/** General codes, which say this where an address is invited. */
const inviteRefusals: Readonly<Record<string, Told>> = {
  duplicate_record: invitedBefore,
  organization_invitation_already_exists: invitedBefore,
  form_param_format_invalid: ['BAD_EMAIL', 'Clerk cannot send to this address.'],
};

export const isGone = (error: unknown): boolean => isClerkAPIResponseError(error) && error.status === 404;

/** Whether the same call may be tried again: Clerk was not reached, or broke down over it. */
export const isPassing = (error: unknown): boolean =>
  !isClerkAPIResponseError(error) || error.status === undefined || error.status >= 500 || error.status === 429;

/** What a failed call means for the one who asked: a refusal that can be mended, or that Clerk is away. */
export function asOurs(error: unknown, field: string[], logger: Logger): Error {
  if (isPassing(error)) {
    logger.warn({ err: error }, 'Clerk does not do what it is asked');
    return new DomainError(
      'IDENTITY_UNAVAILABLE',
      'Clerk, which keeps organizations, does not answer. Try again soon.',
    );
  }
  if (!isClerkAPIResponseError(error)) return error as Error;
  const [first] = error.errors;
  if (error.status === 401) {
    logger.error({ status: error.status, clerk: first?.code }, 'Clerk does not accept CLERK_SECRET_KEY');
    return new DomainError('IDENTITY_UNAVAILABLE', 'Clerk does not let the server in. Tell whoever runs it.');
  }
  const reason = first?.code ?? '';
  const reasonWords = first?.longMessage || first?.message || `it answered ${error.status}`;
  const known = refusals[reason] ?? (field.at(-1) === 'email' ? inviteRefusals[reason] : undefined);
  const [code, message]: Told = known ?? ['CLERK_REFUSED', `Clerk refuses: ${reasonWords}`];
  return new RefusalError(code, field, message);
}
