import { type ClerkClient, createClerkClient } from '@clerk/backend';
import { DomainError } from '@gastronom/shared/domain-error';
import type { Logger } from '@gastronom/shared/logger';
import type { MembershipRole, OrganizationType } from '@gastronom/shared/viewer';
import type { ClerkApiSettings } from '../env.ts';
import { invitationDays } from '../invitation/invitation-status.ts';
import { clerkRoleOf } from '../membership/clerk-role.ts';
import { asOurs, isGone, isPassing } from './clerk-api-error.ts';

export interface OrganizationAtClerk {
  readonly clerkOrganizationId: string;
  readonly slug: string | null;
  readonly clerkUpdatedAt: Date;
}

interface NameAndType {
  readonly name: string;
  readonly type: OrganizationType | null;
}

// Who waits for Clerk holds a row and a connection: most of the pool stays free for those who sign in.
const mostCalls = 4;

/**
 * Clerk's Backend API, as far as we change things there. Every call has a time limit; those that may be repeated are, once.
 * What Clerk refuses becomes a RefusalError, its absence a DomainError.
 */
export class ClerkApi {
  readonly #client: ClerkClient;
  readonly #timeoutMs: number;
  readonly #logger: Logger;
  #calls = 0;

  constructor({ secretKey, url, timeoutMs }: ClerkApiSettings, logger: Logger) {
    this.#client = createClerkClient({ secretKey, apiUrl: url, telemetry: { disabled: true } });
    this.#timeoutMs = timeoutMs;
    this.#logger = logger;
  }

  /** The type goes into the public metadata, which only backends write: the webhook reads it back from there. */
  async createOrganization({ name, type }: NameAndType): Promise<OrganizationAtClerk> {
    const made = await this.#once(['input', 'name'], () =>
      this.#client.organizations.createOrganization({ name, publicMetadata: { type } }),
    );
    return { clerkOrganizationId: made.id, slug: made.slug || null, clerkUpdatedAt: new Date(made.updatedAt) };
  }

  /** @returns Clerk's clock after it. */
  async updateOrganization(id: string, before: NameAndType, after: NameAndType): Promise<Date> {
    let updatedAt = 0;
    const { organizations } = this.#client;
    if (after.name !== before.name) {
      const { name } = after;
      ({ updatedAt } = await this.#again(['input', 'name'], () => organizations.updateOrganization(id, { name })));
    }
    if (after.type !== before.type) {
      const publicMetadata = { type: after.type };
      ({ updatedAt } = await this.#again(['input', 'type'], () =>
        organizations.updateOrganizationMetadata(id, { publicMetadata }),
      ));
    }
    return new Date(updatedAt);
  }

  async deleteOrganization(id: string): Promise<void> {
    await this.#again(['id'], () => this.#client.organizations.deleteOrganization(id).catch(unlessGone));
  }

  /** @returns Clerk's clock after it. */
  async setMemberRole(organizationId: string, userId: string, role: MembershipRole): Promise<Date> {
    const { updatedAt } = await this.#again(['input', 'role'], () =>
      this.#client.organizations.updateOrganizationMembership({ organizationId, userId, role: clerkRoleOf(role) }),
    );
    return new Date(updatedAt);
  }

  async removeMember(organizationId: string, userId: string, field: string[]): Promise<void> {
    await this.#again(field, () =>
      this.#client.organizations.deleteOrganizationMembership({ organizationId, userId }).catch(unlessGone),
    );
  }

  /** Clerk sends the letter. */
  async invite(
    organizationId: string,
    emailAddress: string,
    role: MembershipRole,
    inviterUserId: string | undefined,
  ): Promise<{ clerkInvitationId: string; clerkUpdatedAt: Date }> {
    const made = await this.#once(['input', 'email'], () =>
      this.#client.organizations.createOrganizationInvitation({
        organizationId,
        emailAddress,
        role: clerkRoleOf(role),
        expiresInDays: invitationDays,
        ...(inviterUserId ? { inviterUserId } : {}),
      }),
    );
    return { clerkInvitationId: made.id, clerkUpdatedAt: new Date(made.updatedAt) };
  }

  async revokeInvitation(organizationId: string, invitationId: string): Promise<void> {
    await this.#again(['id'], () =>
      this.#client.organizations.revokeOrganizationInvitation({ organizationId, invitationId }).catch(unlessGone),
    );
  }

  #once<Answer>(field: string[], call: () => Promise<Answer>): Promise<Answer> {
    return this.#call(field, call, 1);
  }

  #again<Answer>(field: string[], call: () => Promise<Answer>): Promise<Answer> {
    return this.#call(field, call, 2);
  }

  async #call<Answer>(field: string[], call: () => Promise<Answer>, tries: number): Promise<Answer> {
    if (this.#calls >= mostCalls)
      throw new DomainError('OVERLOADED', 'Too many changes wait for Clerk at this moment. Try again soon.');
    this.#calls += 1;
    try {
      for (let left = tries - 1; ; left -= 1) {
        try {
          return await within(this.#timeoutMs, call());
        } catch (error) {
          if (left === 0 || !isPassing(error)) throw asOurs(error, field, this.#logger);
        }
      }
    } finally {
      this.#calls -= 1;
    }
  }
}

/** What is gone already need not be taken away. */
function unlessGone(error: unknown): null {
  if (isGone(error)) return null;
  throw error;
}

/** The library has no time limits of its own. A call that is given up may still be done: Clerk's event tells of it then. */
async function within<Answer>(ms: number, answer: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Clerk did not answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
