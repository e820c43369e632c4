import { DomainError } from '@gastronom/shared/domain-error';
import type { SubgraphCommand } from '@gastronom/shared/subgraph-client';
import { z } from 'zod';
import type { SuppliersContext } from '../context.ts';

const productSchema = z.object({
  sku: z.string(),
  barcode: z.string().nullable(),
  name: z.string(),
  description: z.string().nullable(),
  unit: z.string().nullable(),
  weightGrams: z.string().nullable(),
  isAvailable: z.boolean(),
  categoryPath: z.array(z.string()),
  price: z.object({ amount: z.string(), currency: z.string() }).nullable(),
  imageUrl: z.string().nullable(),
});
const productsSchema = z.object({ productsForOffers: z.array(productSchema) });
const matchesSchema = z.object({
  matchProducts: z.array(z.object({ sku: z.string().nullable(), known: z.boolean() })),
});
const stockSchema = z.object({ availableForOffers: z.array(z.object({ sku: z.string(), available: z.string() })) });

export type HouseProduct = z.infer<typeof productSchema>;

/** Asks the catalogue and the stock for what the shop itself offers. When one does not answer, the error says so. */
export class HouseClient {
  readonly #context: Pick<SuppliersContext, 'subgraphs' | 'requestId' | 'logger'>;

  constructor(context: Pick<SuppliersContext, 'subgraphs' | 'requestId' | 'logger'>) {
    this.#context = context;
  }

  /** Goods by their SKUs; those that the catalogue does not know are left out. */
  async listProducts(skus: readonly string[]): Promise<HouseProduct[]> {
    if (skus.length === 0) return [];
    const query = 'query ($skus: [String!]!) { productsForOffers(skus: $skus) }';
    return (await this.#ask('catalog', productsSchema, { query, variables: { skus } })).productsForOffers;
  }

  /** SKUs of the goods that alone have a barcode, by barcode. */
  async matchBarcodes(barcodes: readonly string[]): Promise<Map<string, string>> {
    if (barcodes.length === 0) return new Map();
    const query = 'query ($rows: JSON!) { matchProducts(rows: $rows) }';
    const variables = { rows: barcodes.map((barcode) => ({ sku: null, barcode })) };
    const { matchProducts } = await this.#ask('catalog', matchesSchema, { query, variables });
    return new Map(
      matchProducts.flatMap(({ sku, known }, place) => {
        const barcode = barcodes[place];
        return known && sku && barcode ? [[barcode, sku] as const] : [];
      }),
    );
  }

  /** How much of the goods can be ordered, by SKU. */
  async listAvailable(products: readonly HouseProduct[]): Promise<Map<string, string>> {
    if (products.length === 0) return new Map();
    const query = 'query ($goods: JSON!) { availableForOffers(goods: $goods) }';
    const goods = products.map(({ sku, isAvailable, categoryPath }) => ({ sku, isAvailable, categoryPath }));
    const { availableForOffers } = await this.#ask('inventory', stockSchema, { query, variables: { goods } });
    return new Map(availableForOffers.map(({ sku, available }) => [sku, available]));
  }

  async #ask<Schema extends z.ZodType>(
    subgraph: string,
    schema: Schema,
    command: SubgraphCommand,
  ): Promise<z.infer<Schema>> {
    const { subgraphs, requestId, logger } = this.#context;
    try {
      return schema.parse(await subgraphs.call(subgraph, command, { requestId, logger }));
    } catch (error) {
      if (error instanceof DomainError && error.code !== 'INTERNAL_SERVER_ERROR') throw error;
      logger.error({ err: error, subgraph }, 'what the shop offers could not be read');
      throw new DomainError('SUBGRAPH_UNAVAILABLE', 'What the shop itself offers cannot be read at the moment.');
    }
  }
}
