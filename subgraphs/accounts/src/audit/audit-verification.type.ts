import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { AuditProblemName, AuditProblem as Problem } from './audit-verification.repository.ts';
import type { VerifiedAudit } from './audit-verification.service.ts';

export enum AuditProblemKind {
  MISSING = 'MISSING',
  CHANGED = 'CHANGED',
  UNLINKED = 'UNLINKED',
  CUT = 'CUT',
  ADDED = 'ADDED',
}
registerEnumType(AuditProblemKind, {
  name: 'AuditProblemKind',
  description: 'How an audit log is broken.',
  valuesConfig: {
    MISSING: { description: 'An entry is gone from within the log.' },
    CHANGED: { description: 'An entry does not bear the hash of what it says: one of both was changed.' },
    UNLINKED: { description: 'An entry does not follow on the one before it: one of both was put there or replaced.' },
    CUT: { description: 'The last entries are gone.' },
    ADDED: { description: 'There are entries that the log itself did not append.' },
  },
});

@ObjectType({ description: 'Where an audit log is broken first, and how.' })
export class AuditProblem implements Problem {
  @Field(() => Int, { description: 'Place of the entry.' })
  seq!: number;

  @Field(() => AuditProblemKind, { description: 'What is wrong there.' })
  kind!: AuditProblemName;
}

@ObjectType({
  description: 'The newest entry that the log knows of. Whoever keeps it elsewhere can tell a log written anew.',
})
export class AuditHead {
  @Field(() => Int, { description: 'Its place; 0 while the log is empty.' })
  seq!: number;

  @Field(() => String, { description: 'Its hash, hex.' })
  hash!: string;
}

@ObjectType({ description: 'What a check of the audit log came to.' })
export class AuditVerification implements VerifiedAudit {
  @Field(() => Boolean, {
    description: 'Whether all that was looked at is whole, and linked to what stands before it.',
  })
  valid!: boolean;

  @Field(() => Int, { description: 'How many entries were looked at.' })
  checked!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'From where to check on; null when the end of the log was reached.',
  })
  next!: number | null;

  @Field(() => AuditHead, { description: 'The end of the log.' })
  head!: AuditHead;

  @Field(() => AuditProblem, { nullable: true, description: 'The first thing that is wrong; null when nothing is.' })
  problem!: AuditProblem | null;
}
