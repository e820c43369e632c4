import type { MembershipRole, OrganizationType, Role } from '@gastronom/shared/viewer';
import type { EntityManager } from 'typeorm';
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
export function effectiveRole(own: Role, organization: Pick<ActiveOrganization, 'type'> | null): Role {
  if (own !== 'CUSTOMER' || !organization || organization.type === 'SHOP') return own;
  return organization.type;
}

const changed = (given: string | null | undefined, known: string | null): boolean => (given ?? known) !== known;

/** Whether the token says more than is written down. */
const isNews = (row: SignInRow, token: TokenIdentity & NewUser): boolean =>
  changed(token.email, row.email) || changed(token.name, row.name) || Boolean(token.sessionId && !row.recorded);

/** Who comes with a token. A known person whose token says nothing new costs one statement, and no write. */
export class SessionService {
  readonly #sessions: SessionRepository;
  readonly #users: UserRepository;

  constructor(manager: EntityManager) {
    this.#sessions = new SessionRepository(manager);
    this.#users = new UserRepository(manager);
  }

  /** @returns null for a person who was deleted or banned, and for a session that is over. */
  async signIn(token: TokenIdentity & NewUser): Promise<SignedIn | null> {
    let row = await this.#sessions.findSignIn(token);
    if (!row || (!row.refused && isNews(row, token))) {
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
