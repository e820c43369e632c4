import { type EntityManager, In, LessThan } from 'typeorm';
import { PaymentAccountEntity } from './payment-account.entity.ts';

export class PaymentAccountRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  findOf(organizationId: string): Promise<PaymentAccountEntity | null> {
    return this.#manager.findOneBy(PaymentAccountEntity, { organizationId });
  }

  findByStripe(stripeId: string): Promise<PaymentAccountEntity | null> {
    return this.#manager.findOneBy(PaymentAccountEntity, { stripeId });
  }

  /** Of the organizations, those that can be sent money. */
  async readyOf(organizationIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.#manager.findBy(PaymentAccountEntity, {
      organizationId: In(organizationIds),
      transfersEnabled: true,
    });
    return new Set(rows.map(({ organizationId }) => organizationId));
  }

  /** The organization's row, made where there is none. The country can be put right until Stripe has made the account. */
  async ensure(organizationId: string, country: string): Promise<PaymentAccountEntity> {
    await this.#manager.query(
      `INSERT INTO payment_accounts (organization_id, country) VALUES ($1, $2)
       ON CONFLICT (organization_id) DO UPDATE SET country = EXCLUDED.country WHERE payment_accounts.stripe_id IS NULL`,
      [organizationId, country],
    );
    return this.#manager.findOneByOrFail(PaymentAccountEntity, { organizationId });
  }

  async update(id: string, values: Partial<PaymentAccountEntity>): Promise<void> {
    await this.#manager.update(PaymentAccountEntity, { id }, values);
  }

  /** A try to have it made is over, and its key with it. */
  async endTry({ id, accountTry }: PaymentAccountEntity): Promise<void> {
    await this.#manager.update(PaymentAccountEntity, { id, accountTry }, { accountTry: accountTry + 1 });
  }

  /** The number of the next link: a link is good for one visit. */
  async nextLink(id: string): Promise<number> {
    const [[row]]: [{ link_count: number }[], number] = await this.#manager.query(
      `UPDATE payment_accounts SET link_count = link_count + 1 WHERE id = $1 RETURNING link_count`,
      [id],
    );
    if (!row) throw new Error(`the account ${id} is gone`);
    return row.link_count;
  }

  unready(checkedBefore: Date): Promise<PaymentAccountEntity[]> {
    return this.#manager.find(PaymentAccountEntity, {
      where: [
        { transfersEnabled: false, checkedAt: LessThan(checkedBefore) },
        { payoutsEnabled: false, checkedAt: LessThan(checkedBefore) },
      ],
      order: { checkedAt: 'ASC' },
      take: 200,
    });
  }
}
