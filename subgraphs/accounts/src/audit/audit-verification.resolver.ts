import { DomainError } from '@gastronom/shared/domain-error';
import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import type { AccountsContext } from '../context.ts';
import { type VerifiedAudit, verifyAudit } from './audit-verification.service.ts';
import { AuditVerification } from './audit-verification.type.ts';

/** A few seconds on a machine that is busy: callers and subgraphs are waited for no longer than that. */
const most = 50_000;

@Resolver()
export class AuditVerificationResolver {
  @Query(() => AuditVerification, {
    description:
      'Checks that nothing in the audit log was changed, removed, put in or cut off. A long log is checked in parts: go on from `next`. For admins.',
  })
  auditVerification(
    @Ctx() { manager }: AccountsContext,
    @Arg('from', () => Int, {
      defaultValue: 1,
      description: 'The first entry to look at. Less than 1: BAD_USER_INPUT.',
    })
    from: number,
    @Arg('count', () => Int, {
      defaultValue: 20_000,
      description: 'How many entries to look at: 1 to 50,000. Else BAD_USER_INPUT.',
    })
    count: number,
  ): Promise<VerifiedAudit> {
    if (from < 1) throw new DomainError('BAD_USER_INPUT', '`from` is 1 or more.');
    if (count < 1 || count > most) throw new DomainError('BAD_USER_INPUT', `\`count\` is 1 to ${most}.`);
    return verifyAudit(manager, from, count);
  }
}
