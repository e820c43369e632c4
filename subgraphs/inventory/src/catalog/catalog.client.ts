import { DomainError } from '@gastronom/shared/domain-error';
import type { SubgraphCommand } from '@gastronom/shared/subgraph-client';
import { z } from 'zod';
import type { InventoryContext } from '../context.ts';
import type { StockGood } from '../product/stock-summary.sql.ts';

const goodSchema = z.object({ sku: z.string(), isAvailable: z.boolean(), categoryPath: z.array(z.string()) });
const matchesSchema = z.object({ matchProducts: z.array(z.object({ known: z.boolean() })) });
const goodsSchema = z.object({ goodsForBuffers: z.array(goodSchema) });
const stockGoodsSchema = z.object({ goodsForStock: z.array(goodSchema) });
const categorySchema = z.object({ category: z.object({ id: z.string() }).nullable() });

/** Asks the catalogue what inventory cannot know. When it does not answer, the error says so. */
export class CatalogClient {
  readonly #context: InventoryContext;

  constructor(context: InventoryContext) {
    this.#context = context;
  }

  async hasProduct(sku: string): Promise<boolean> {
    const query = 'query ($rows: JSON!) { matchProducts(rows: $rows) }';
    const { matchProducts } = await this.#ask(matchesSchema, {
      query,
      variables: { rows: [{ sku, barcode: null }] },
    });
    return matchProducts[0]?.known ?? false;
  }

  async hasCategory(id: string): Promise<boolean> {
    const query = 'query ($id: ID!) { category(id: $id) { id } }';
    return (await this.#ask(categorySchema, { query, variables: { id } })).category !== null;
  }

  /** Visible goods in the order of their SKUs, from behind the one given. */
  async listGoods(limit: number, after: string | null): Promise<StockGood[]> {
    const query = 'query ($after: String, $limit: Int!) { goodsForBuffers(after: $after, limit: $limit) }';
    return (await this.#ask(goodsSchema, { query, variables: { after, limit } })).goodsForBuffers;
  }

  /** What the catalogue says of goods that bears on their stock; those that it does not know are left out. */
  async goodsForStock(skus: readonly string[]): Promise<StockGood[]> {
    const query = 'query ($skus: [String!]!) { goodsForStock(skus: $skus) }';
    return (await this.#ask(stockGoodsSchema, { query, variables: { skus } })).goodsForStock;
  }

  async #ask<Schema extends z.ZodType>(schema: Schema, command: SubgraphCommand): Promise<z.infer<Schema>> {
    const { subgraphs, requestId, logger } = this.#context;
    try {
      return schema.parse(await subgraphs.call('catalog', command, { requestId, logger }));
    } catch (error) {
      if (error instanceof DomainError && error.code !== 'INTERNAL_SERVER_ERROR') throw error;
      logger.error({ err: error }, 'the catalogue did not answer');
      throw new DomainError(
        'SUBGRAPH_UNAVAILABLE',
        'The catalogue does not answer, and this cannot be said without it.',
      );
    }
  }
}
