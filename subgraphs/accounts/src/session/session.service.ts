import { isUUID } from '@gastronom/shared/id';
import type { MembershipRole, OrganizationType, Role, UserViewer } from '@gastronom/shared/viewer';
import type { EntityManager } from 'typeorm';
import { type Acting, act } from '../act.ts';
import type { OrganizationEntity } from '../organization/organization.entity.ts';
import { OrganizationRepository } from '../organization/organization.repository.ts';
import { RefusalError } from '../refusal-error.ts';
import { type NewUser, UserRepository } from '../user/user.repository.ts';
import { SessionRepository, type SignInRow, type TokenIdentity } from './session.repository.ts';

export interface ActiveOrganization {
  readonly id: string;
  readonly type: OrganizationType;
  readonly role: MembershipRole;
}

export interface SignedIn {
  readonly userId: string;
  readonly role: Role;
  readonly organization: ActiveOrganization | null;
}

/** The own role, except that a customer who acts for a restaurant or a supplier has its role. */
export function effectiveRole(own: Role, organization: { readonly type: OrganizationType | null } | null): Role {
  if (own !== 'CUSTOMER' || !organization?.type || organization.type === 'SHOP') return own;
  return organization.type;
}

const changed = (given: string | null | undefined, known: string | null): boolean => (given ?? known) !== known;

/** PostgreSQL keeps neither NUL nor half a character; whoever names themselves so may still sign in. */
const storable = (text: string | null | undefined) => text?.replaceAll('\0', '').toWellFormed().trim() || undefined;

/** Whether the token says more than is written down. */
const isNews = (row: SignInRow, token: TokenIdentity & NewUser): boolean =>
  changed(token.email, row.email) || changed(token.name, row.name) || Boolean(token.sessionId && !row.recorded);

/** What the person chose, and the role that they have with it. */
export interface Switched {
  readonly organization: OrganizationEntity | null;
  readonly role: Role;
}

const noSuchOrganization = () =>
  new RefusalError('NOT_FOUND', ['organizationId'], 'There is no such organization, or you do not belong to it.');

/** Notes whom a person acts for in their session. Every replica goes by it from the next request on. */
export function switchOrganization(
  acting: Acting,
  { userId, sessionId }: Pick<UserViewer, 'userId' | 'sessionId'>,
  organizationId: string | null,
): Promise<Switched> {
  return act(acting, async ({ manager, concerns }) => {
    const user = await new UserRepository(manager).findById(userId);
    const organization = organizationId === null ? null : await ownOrganization(manager, userId, organizationId);
    if (!user || !sessionId || !(await new SessionRepository(manager).choose(sessionId, userId, organizationId)))
      throw new RefusalError('SESSION_UNKNOWN', [], 'This token belongs to no session that goes on: sign in again.');
    concerns(user.clerkUserId);
    return { organization, role: effectiveRole(user.role, organization) };
  });
}

async function ownOrganization(manager: EntityManager, userId: string, id: string): Promise<OrganizationEntity> {
  const own = { all: false, userId };
  const [organization] = isUUID(id) ? await new OrganizationRepository(manager).listVisible([id], own) : [];
  if (!organization) throw noSuchOrganization();
  if (organization.type) return organization;
  const message = 'No admin has said yet what this organization does: nobody can act for it until then.';
  throw new RefusalError('TYPE_UNKNOWN', ['organizationId'], message);
}

/** Who comes with a token. A known person whose token says nothing new costs one statement, and no write. */
export class SessionService {
  readonly #sessions: SessionRepository;
  readonly #users: UserRepository;

  constructor(manager: EntityManager) {
    this.#sessions = new SessionRepository(manager);
    this.#users = new UserRepository(manager);
  }

  /** @returns null for a person who was deleted or banned, and for a session that is over. */
  async signIn(said: TokenIdentity & NewUser & { emailVerified?: boolean | null }): Promise<SignedIn | null> {
    const token = { ...said, email: storable(said.email), name: storable(said.name) };
    let row = await this.#sessions.findSignIn(token);
    if (!row || (!row.refused && isNews(row, token))) {
      if (!row && token.email && token.emailVerified) await this.#users.welcomeExpected(token.clerkUserId, token.email);
      await this.#users.insertOrRefresh(token);
      if (token.sessionId) await this.#sessions.record(token);
      row = await this.#sessions.findSignIn(token);
    }
    if (!row || row.refused) return null;
    const { userId, organizationId } = row;
    const organization = organizationId
      ? { id: organizationId, type: row.organizationType, role: row.organizationRole }
      : null;
    return { userId, role: effectiveRole(row.role, organization), organization };
  }
}
