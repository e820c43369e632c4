import { z } from 'zod';
import type { OrdersContext } from '../context.ts';
import type { Buyer } from '../order/buyer.ts';

const answerSchema = z.object({ _entities: z.array(z.object({ name: z.string().nullish() }).nullable()) });

const queryOf = (type: 'User' | 'Organization') =>
  `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${type} { name } } }`;

/** What the buyer is called, for suppliers, who cannot look it up. An order is placed without it too. */
export async function buyerNameOf(
  { subgraphs, requestId, logger }: Pick<OrdersContext, 'subgraphs' | 'requestId' | 'logger'>,
  { kind, id }: Buyer,
): Promise<string | null> {
  const type = kind === 'USER' ? 'User' : 'Organization';
  const command = { query: queryOf(type), variables: { representations: [{ __typename: type, id }] } };
  try {
    const { _entities: found } = answerSchema.parse(await subgraphs.call('accounts', command, { requestId, logger }));
    return found[0]?.name ?? null;
  } catch (error) {
    logger.warn({ err: error }, 'accounts did not say what a buyer is called');
    return null;
  }
}
