import { DomainError } from '@gastronom/shared/domain-error';
import { z } from 'zod';
import type { PriceTrackingContext } from '../context.ts';
import { writingsOf } from '../tracked-product/gtin.ts';

const answer = z.object({
  matchProducts: z.array(z.object({ sku: z.string().nullable(), known: z.boolean(), error: z.unknown() })),
});

interface Keys {
  readonly sku: string | null;
  readonly barcode: string | null;
}

/** Asks the catalogue which goods are meant. When it does not answer, the error says so. */
export class CatalogueClient {
  readonly #context: Pick<PriceTrackingContext, 'subgraphs' | 'requestId' | 'logger'>;

  constructor(context: Pick<PriceTrackingContext, 'subgraphs' | 'requestId' | 'logger'>) {
    this.#context = context;
  }

  async knows(sku: string): Promise<boolean> {
    const [match] = await this.#match([{ sku, barcode: null }]);
    return match?.known === true;
  }

  /** By barcode, the SKU of the goods that alone have it, however many zeros stand before it. */
  async matchBarcodes(gtins: readonly string[]): Promise<Map<string, string>> {
    const rows = [...new Set(gtins)].flatMap((gtin) =>
      writingsOf(gtin).map((barcode) => ({ gtin, sku: null, barcode })),
    );
    const matches = await this.#match(rows.map(({ sku, barcode }) => ({ sku, barcode })));
    const found = Map.groupBy(
      rows.map(({ gtin }, place) => ({ gtin, match: matches[place] })),
      ({ gtin }) => gtin,
    );
    return new Map(
      [...found].flatMap(([gtin, tried]) => {
        const skus = new Set(tried.flatMap(({ match }) => (match?.known && match.sku !== null ? [match.sku] : [])));
        const isAmbiguous = skus.size > 1 || tried.some(({ match }) => match?.error);
        const [sku] = skus;
        return sku === undefined || isAmbiguous ? [] : [[gtin, sku] as const];
      }),
    );
  }

  async #match(rows: readonly Keys[]): Promise<z.infer<typeof answer>['matchProducts']> {
    if (rows.length === 0) return [];
    const { subgraphs, requestId, logger } = this.#context;
    const query = 'query ($rows: JSON!) { matchProducts(rows: $rows) }';
    try {
      return answer.parse(await subgraphs.call('catalog', { query, variables: { rows } }, { requestId, logger }))
        .matchProducts;
    } catch (error) {
      if (error instanceof DomainError && error.code !== 'INTERNAL_SERVER_ERROR') throw error;
      logger.error({ err: error }, 'the catalogue could not be asked for goods');
      throw new DomainError('SUBGRAPH_UNAVAILABLE', 'The catalogue cannot be asked at the moment.');
    }
  }
}
