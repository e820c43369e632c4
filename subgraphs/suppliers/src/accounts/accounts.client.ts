import { DomainError } from '@gastronom/shared/domain-error';
import { z } from 'zod';
import type { SuppliersContext } from '../context.ts';

const organizationSchema = z.object({ id: z.string(), name: z.string(), type: z.string().nullable() });
const directorySchema = z.object({ organizationDirectory: z.array(organizationSchema) });

export type KnownOrganization = z.infer<typeof organizationSchema>;

/** Asks accounts which organizations there are. */
export class AccountsClient {
  readonly #context: Pick<SuppliersContext, 'subgraphs' | 'requestId' | 'logger'>;

  constructor(context: Pick<SuppliersContext, 'subgraphs' | 'requestId' | 'logger'>) {
    this.#context = context;
  }

  /** Those of the ids, in lower case, that are organizations of the type RESTAURANT. */
  async listRestaurants(ids: readonly string[]): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const organizations = await this.listOrganizations(ids);
    return new Set(organizations.flatMap(({ id, type }) => (type === 'RESTAURANT' ? [id.toLowerCase()] : [])));
  }

  /** Those of the ids that there are. */
  async listOrganizations(ids: readonly string[]): Promise<KnownOrganization[]> {
    const { subgraphs, requestId, logger } = this.#context;
    const query = 'query ($ids: [ID!]!) { organizationDirectory(ids: $ids) }';
    try {
      const answer = await subgraphs.call('accounts', { query, variables: { ids } }, { requestId, logger });
      return directorySchema.parse(answer).organizationDirectory;
    } catch (error) {
      if (error instanceof DomainError && error.code !== 'INTERNAL_SERVER_ERROR') throw error;
      logger.error({ err: error }, 'accounts did not answer');
      throw new DomainError('SUBGRAPH_UNAVAILABLE', 'Which organizations there are cannot be read at the moment.');
    }
  }
}
