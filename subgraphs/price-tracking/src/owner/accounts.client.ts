import { DomainError } from '@gastronom/shared/domain-error';
import { z } from 'zod';
import type { PriceTrackingContext } from '../context.ts';

const userSchema = z.object({ id: z.string() });
const errorSchema = z.object({ code: z.string(), message: z.string() });
const ensuredSchema = z.object({
  ensureUser: z.object({ user: userSchema.nullable(), userErrors: z.array(errorSchema) }),
});

/** A person by their e-mail address, or why there is none. */
export type FoundOwner = { readonly userId: string } | { readonly refusal: string };

/** Asks accounts who people are. */
export class AccountsClient {
  readonly #context: Pick<PriceTrackingContext, 'subgraphs' | 'requestId' | 'logger'>;

  constructor(context: Pick<PriceTrackingContext, 'subgraphs' | 'requestId' | 'logger'>) {
    this.#context = context;
  }

  /** The person with the address. With `create`, one who is not known is expected from then on; otherwise they are refused. */
  async userByEmail(email: string, create: boolean): Promise<FoundOwner> {
    const { subgraphs, requestId, logger } = this.#context;
    const query = `mutation ($input: EnsureUserInput!) {
      ensureUser(input: $input) { user { id } userErrors { code message } } }`;
    try {
      const answer = await subgraphs.call(
        'accounts',
        { query, variables: { input: { email, create } } },
        { requestId, logger },
      );
      const { user, userErrors } = ensuredSchema.parse(answer).ensureUser;
      return user ? { userId: user.id } : { refusal: userErrors[0]?.message ?? 'Nobody has this address.' };
    } catch (error) {
      if (error instanceof DomainError && error.code !== 'INTERNAL_SERVER_ERROR') throw error;
      logger.error({ err: error }, 'accounts did not answer');
      throw new DomainError('SUBGRAPH_UNAVAILABLE', 'Who has this address cannot be read at the moment.');
    }
  }
}
