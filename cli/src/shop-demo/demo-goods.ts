import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '@gastronom/shared/env';
import { z } from 'zod';
import type { ShopGood } from './demo-shop.ts';

const row = z.object({
  sku: z.string(),
  name: z.string(),
  barcode: z.string().optional(),
  price: z.string(),
  currency: z.string(),
  imageUrls: z.array(z.string()).optional(),
});

/** The first of the demo goods, a little cheaper or dearer than at home. */
export async function demoGoods(count: number): Promise<ShopGood[]> {
  const lines = (await readFile(join(projectRoot, 'demo', 'products.jsonl'), 'utf8')).split('\n', count);
  return lines.filter(Boolean).map((line, index) => {
    const { sku, name, barcode, price, currency, imageUrls } = row.parse(JSON.parse(line));
    const otherwise = Math.round(Number(price) * (90 + ((index * 7) % 21)));
    return { sku, name, gtin: barcode, price: otherwise, currency, imageUrl: imageUrls?.[0], isInStock: true };
  });
}
