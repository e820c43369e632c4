import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@gastronom/shared/env';

/** A row of `syncProducts`. */
export type Good = Record<string, unknown> & { readonly sku: string; readonly name: string; readonly price: string };

const share = (seed: string): number => createHash('md5').update(seed).digest().readUInt32BE(0) / 2 ** 32;

/** Real foods: the demo catalogue that ships, or a file of product lines named on the command line. */
function foods(file: string | undefined): Record<string, unknown>[] {
  const path = file && existsSync(file) ? file : join(projectRoot, 'demo', 'products.jsonl');
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** As many goods as wanted, made of real foods: after the last the first comes again, under another code. */
export function goods(count: number, file?: string): Good[] {
  const real = foods(file);
  return Array.from({ length: count }, (_, index) => {
    const food = real[index % real.length] ?? {};
    const round = Math.floor(index / real.length);
    const sku = `B${String(index).padStart(8, '0')}`;
    return {
      sku,
      // As in a shop, few share a barcode: of one that hundreds share, every batch would have to look at all.
      barcode: round === 0 ? food.barcode : food.barcode && `${food.barcode}-${round}`,
      name: round === 0 ? String(food.name) : `${String(food.name)} ${round}`,
      description: food.description,
      brand: food.brand,
      weightGrams: food.weightGrams ?? food.weight_g,
      categoryPath: food.categoryPath ?? [
        `Group ${Math.floor(share(`${sku}:group`) * 40)}`,
        `Shelf ${Math.floor(share(sku) * 400)}`,
      ],
      nutrition: food.nutrition ?? {
        energyKcal: food.kcal,
        carbohydrates: food.carbs_g,
        fat: food.fat_g,
        proteins: food.proteins_g,
        sugars: food.sugar_g,
      },
      imageUrls: food.imageUrls ?? (food.image_url ? [food.image_url] : []),
      price: (20 + share(`${sku}:price`) * 980).toFixed(2),
      stockQuantity: Math.floor(share(`${sku}:stock`) * 60),
    };
  });
}
