import type { EntityManager } from 'typeorm';

/** What a person leaves behind in other rooms, across which it is cleared in one go. */
export class ClerkDepartureRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Ends the sessions and memberships of a person for ever. */
  async endAll(userId: string): Promise<void> {
    await this.#manager.query('UPDATE sessions SET ended_at = now() WHERE user_id = $1 AND ended_at IS NULL', [userId]);
    await this.#manager.query(
      'UPDATE memberships SET ended_at = now(), updated_at = now() WHERE user_id = $1 AND ended_at IS NULL',
      [userId],
    );
  }

  /** Takes the address out of the invitations that were sent to it. */
  async forgetAddress(email: string): Promise<void> {
    await this.#manager.query(`UPDATE invitations SET email = '', updated_at = now() WHERE email = lower($1)`, [email]);
  }
}
