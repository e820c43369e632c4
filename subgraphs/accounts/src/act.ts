import { type AuditAct, recordAudit } from '@gastronom/shared/audit';
import { inTransaction } from '@gastronom/shared/database/transaction';
import { identityChanged } from '@gastronom/shared/identity-changed';
import type { EventDefinition } from '@gastronom/shared/jobs/event';
import type { JobQueue } from '@gastronom/shared/jobs/job-queue';
import type { Broadcast } from '@gastronom/shared/redis/broadcast';
import type { SubgraphRequest } from '@gastronom/shared/subgraph';
import type { EntityManager } from 'typeorm';

/** What an act on people and organisations needs of its request. */
export interface Acting extends Pick<SubgraphRequest, 'viewer' | 'client' | 'requestId'> {
  readonly manager: EntityManager;
  readonly jobs: JobQueue;
  readonly broadcast: Broadcast;
}

/** An act in hand. */
export interface Act {
  /** Of its transaction. */
  readonly manager: EntityManager;
  /** Tells the audit log of it. */
  audit(act: AuditAct): Promise<void>;
  /** Tells other parts of the product of it. */
  publish<Data>(event: EventDefinition<Data>, data: Data): Promise<void>;
  /** Whose rights change by it: every gateway looks them up anew, once it is committed. */
  concerns(...clerkUserIds: string[]): void;
}

/** Runs one decision as one transaction, and tells whom it concerns after the commit. */
export async function act<Done>(acting: Acting, work: (act: Act) => Promise<Done>): Promise<Done> {
  let concerned = new Set<string>();
  const done = await inTransaction(acting.manager, (manager) => {
    concerned = new Set();
    return work({
      manager,
      audit: (one) => recordAudit(acting.jobs, manager, acting, one),
      publish: (event, data) => acting.jobs.publish(manager, event, data),
      concerns: (...clerkUserIds) => {
        for (const id of clerkUserIds) concerned.add(id);
      },
    });
  });
  for (const clerkUserId of concerned) identityChanged(acting.broadcast, { clerkUserId });
  return done;
}
