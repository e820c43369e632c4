import type { Recipients, RecipientsAsked } from '@gastronom/shared/notification';
import type { SubgraphRequest } from '@gastronom/shared/subgraph';
import type { SubgraphClient } from '@gastronom/shared/subgraph-client';

const query = 'query NotificationRecipients($input: JSON!) { notificationRecipients(input: $input) }';

/** What notifications ask of accounts: who is to be told, and how. */
export class AccountsClient {
  readonly #client: SubgraphClient;
  readonly #request: SubgraphRequest;

  constructor(client: SubgraphClient, request: SubgraphRequest) {
    this.#client = client;
    this.#request = request;
  }

  async recipients(asked: Partial<RecipientsAsked>): Promise<Recipients> {
    const { requestId, logger } = this.#request;
    const input = { organizationIds: [], userIds: [], staff: false, ...asked };
    const data = await this.#client.call<{ notificationRecipients: Recipients }>(
      'accounts',
      { query, variables: { input } },
      { requestId, logger },
    );
    return data.notificationRecipients;
  }

  /** The e-mail address of a person's account; null where it is not known, or the person is gone or locked out. */
  async emailOf(userId: string): Promise<string | null> {
    const { users } = await this.recipients({ userIds: [userId] });
    return users[0]?.email ?? null;
  }
}
