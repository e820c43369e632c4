import { createLogger } from '@gastronom/shared/logger';
import { createTestSubgraph, type TestSubgraph, viewers } from '@gastronom/shared/testing/test-subgraph';
import { createAccountsContext } from '../context.ts';
import { readAccountsSettings } from '../env.ts';
import { accounts } from '../subgraph.ts';
import { ClerkSender } from './clerk-sender.ts';

export interface WebhookAnswer {
  readonly status: number;
  readonly outcome?: string;
  readonly error?: string;
  readonly message?: string;
}

/** Accounts with a webhook, and Clerk before it. */
export interface ClerkWebhook {
  readonly subgraph: TestSubgraph;
  readonly clerk: ClerkSender;
  /** Sends bytes with headers, as they are. */
  post(body: string | Buffer, headers: Record<string, string>): Promise<WebhookAnswer>;
  /** Sends a signed event. */
  tell(type: string, data: Record<string, unknown>, id?: string): Promise<WebhookAnswer>;
  close(): Promise<void>;
}

/** @param secrets what the setting holds; that of the sender unless given. */
export async function openClerkWebhook(clerk = new ClerkSender(), secrets = clerk.secret): Promise<ClerkWebhook> {
  const settings = readAccountsSettings({ ENVIRONMENT: 'test', CLERK_WEBHOOK_SECRETS: secrets });
  const subgraph = await createTestSubgraph({
    ...accounts,
    createContext: (environment) => createAccountsContext(environment, settings),
  });
  const logger = createLogger('test', 'silent');
  const client = { ip: '192.0.2.7', userAgent: 'Svix-Webhooks/1.0' };
  const context = { viewer: viewers.anonymous, client, requestId: 'request-of-svix', logger };
  const post: ClerkWebhook['post'] = async (body, headers) => {
    const request = { method: 'POST', url: '/webhooks/clerk', headers, body: Buffer.from(body) };
    const answer = await subgraph.transport.rest(request, context);
    return { status: answer.status, ...JSON.parse(answer.body.toString()) };
  };
  return {
    subgraph,
    clerk,
    post,
    tell(type, data, id) {
      const body = ClerkSender.event(type, data);
      return post(body, clerk.sign(body, id));
    },
    close: () => subgraph.close(),
  };
}
