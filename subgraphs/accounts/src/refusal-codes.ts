import { type CodeMeanings, describeCodes } from '@gastronom/shared/user-error-codes';

/** Why people, organisations and who belongs to them are not changed as they were asked to be. */
const meanings = {
  NOT_FOUND: 'there is no such thing, or it is none of the viewer’s',
  AMBIGUOUS: 'several people have this e-mail address',
  LAST_ADMIN: 'the last admin cannot cease to be it: make another person an admin first',
  BAD_NAME: 'the name is empty, too long, or has several lines',
  BAD_EMAIL: 'this is no address that a letter can be sent to',
  ALREADY_MEMBER: 'the person is a member already',
  ALREADY_INVITED: 'the address was invited already: revoke that invitation first',
  NOT_PENDING: 'the invitation was answered or revoked already, or is too old',
  TYPE_UNKNOWN: 'no admin has said yet what the organization does: nobody can act for it until then',
  SESSION_UNKNOWN: 'the token belongs to no session that goes on: sign in again',
  QUOTA_EXCEEDED: 'Clerk takes no more members or organizations',
  CLERK_REFUSED: 'Clerk refuses it; the message has its words',
  CLERK_NOT_CONFIGURED: 'this server was not told how to reach Clerk (CLERK_SECRET_KEY)',
} satisfies CodeMeanings;

export type RefusalCode = keyof typeof meanings;

/** What the `userErrors` of a payload may be: for their description. */
export const describeRefusals = (...codes: RefusalCode[]): string =>
  describeCodes(
    'What is wrong with the input; then nothing changed',
    Object.fromEntries(codes.map((code) => [code, meanings[code]])),
  );
