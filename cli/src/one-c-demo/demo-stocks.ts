import { join } from 'node:path';
import { Notices } from '@gastronom/commerceml/notices';
import { projectRoot } from '@gastronom/shared/env';
import { UsageError } from '../cli-error.ts';
import { type CliSettings, userPath } from '../env.ts';
import { GraphClient } from '../graph-client.ts';
import { localToken } from '../local-credential.ts';
import { listFiles, openInput, scanFiles } from '../reader/open-input.ts';

/** By warehouse, then by code. */
export type DemoStocks = Record<string, Record<string, number | string>>;

const put = (stocks: DemoStocks, warehouse: string, code: string, quantity: number | string): void => {
  stocks[warehouse] ??= {};
  stocks[warehouse][code] = quantity;
};

/** What a file says of stock. What names no warehouse lies in the one given. */
async function stocksOfFile(path: string, warehouse: string): Promise<DemoStocks> {
  const input = await openInput(await scanFiles(await listFiles([path])), {}, { notices: new Notices() });
  const stocks: DemoStocks = {};
  for await (const row of input.rows()) {
    if (row.kind === 'stock' && (row.item.sku ?? row.item.barcode))
      put(stocks, row.warehouse ?? warehouse, String(row.item.sku ?? row.item.barcode), row.item.quantity);
    if (row.kind !== 'product') continue;
    const { item, furtherStock } = row;
    const code = item.sku ?? item.barcode;
    if (!code) continue;
    if (item.stockQuantity !== undefined) put(stocks, item.warehouse ?? warehouse, code, item.stockQuantity);
    for (const further of furtherStock) put(stocks, further.warehouse, code, further.quantity);
  }
  return stocks;
}

const goodsQuery = `query OneCDemo($after: String) {
  products(first: 100, after: $after) {
    nodes { sku stock { quantity warehouse { externalId } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

interface GoodsPage {
  products: {
    nodes: { sku: string; stock: { quantity: number; warehouse: { externalId: string } }[] | null }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

const most = 10_000;

/** The goods of a running server with the stock that it holds of them, which staff may read. */
async function stocksOfGraph(url: string, warehouse: string, settings: CliSettings): Promise<DemoStocks> {
  const graph = new GraphClient({
    url,
    credential: settings.GASTRONOM_TOKEN ?? (await localToken(settings, 'staff', 300)),
  });
  const stocks: DemoStocks = {};
  let after: string | null = null;
  for (let read = 0; read < most; ) {
    const { products }: GoodsPage = await graph.request<GoodsPage>(goodsQuery, { after });
    for (const { sku, stock } of products.nodes) {
      for (const { quantity, warehouse: at } of stock ?? []) put(stocks, at.externalId, sku, quantity);
      if (!stock?.length) put(stocks, warehouse, sku, 10);
    }
    read += products.nodes.length;
    after = products.pageInfo.endCursor;
    if (!products.pageInfo.hasNextPage) break;
  }
  return stocks;
}

export interface StockSource {
  file?: string;
  url?: string;
  warehouse: string;
}

/** The stock of a file, of a running server, or that of the demo goods, as the command line has it. */
export async function demoStocks({ file, url, warehouse }: StockSource, settings: CliSettings): Promise<DemoStocks> {
  if (file && url) throw new UsageError('--file and --url both say which goods there are: give one of them');
  const address = url?.replace(/\/?$/, url.endsWith('/graphql') ? '' : '/graphql');
  const stocks = address
    ? await stocksOfGraph(address, warehouse, settings)
    : await stocksOfFile(file ? userPath(file, settings) : join(projectRoot, 'demo', 'products.jsonl'), warehouse);
  if (Object.keys(stocks).length > 0) return stocks;
  throw new UsageError(`${file ?? url} tells no stock of any good: there is nothing that 1C could count`);
}
