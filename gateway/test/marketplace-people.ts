import { developmentSecrets } from '@gastronom/shared/secrets';
import { type DemoOrganization, signDevelopmentToken } from '../src/identity/development-token.ts';
import type { Answer, TestGraph } from './harness.ts';

const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { userId } }';
const join = 'mutation ($input: EnsureOrganizationInput!) { ensureOrganization(input: $input) { id } }';

/** Somebody who acts for an organisation, as the gateway's door sees them. */
export class Trader {
  private constructor(
    readonly graph: TestGraph,
    readonly token: string,
  ) {}

  static of(graph: TestGraph, token: string): Trader {
    return new Trader(graph, token);
  }

  /** A person who signed up, and belongs to an organisation. */
  static async join(graph: TestGraph, name: string, organization: DemoOrganization): Promise<Trader> {
    const key = name.toLowerCase();
    const person = { clerkUserId: `user_${key}`, name, email: `${key}@example.com`, organization };
    const { clerkUserId, email } = person;
    await graph.command('accounts', signIn, { input: { clerkUserId, name, email } });
    const { clerkOrganizationId, name: called, type } = organization;
    const place = { clerkOrganizationId, name: called, type, adminClerkUserId: clerkUserId };
    await graph.command('accounts', join, { input: place });
    const secrets = developmentSecrets(graph.settings.DATA_DIR);
    return new Trader(graph, await signDevelopmentToken(secrets, person, 3_600));
  }

  ask(query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
    return this.graph.query(query, variables, this.token);
  }

  /** The only field of an operation that must be answered, and find nothing wrong. */
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
  async do(query: string, input?: object): Promise<any> {
    const { data, errors } = await this.ask(query, input ? { input } : {});
    // biome-ignore lint/suspicious/noExplicitAny: the same
    const field = Object.values(data ?? {})[0] as any;
    const wrong = errors ?? field?.userErrors ?? [];
    if (wrong.length > 0) throw new Error(`${query.slice(0, 80)}: ${JSON.stringify({ wrong, field })}`);
    return field;
  }
}
