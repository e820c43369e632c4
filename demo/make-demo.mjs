// Chooses the demo catalogue from a dump of Open Food Facts in JSON lines: node make-demo.mjs INPUT > products.jsonl
// The same input gives the same goods, prices and stock.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { brands, shelves } from './shelves.mjs';

const wanted = 300;
const mostOnShelf = 11;

/** A number from 0 up to 1 that depends on the goods and the purpose alone. */
const chance = (barcode, purpose) =>
  createHash('sha256').update(`gastronom demo ${purpose} ${barcode}`).digest().readUInt32BE(0) / 2 ** 32;
const pick = (list, barcode, purpose) => list[Math.floor(chance(barcode, purpose) * list.length)];

const isCyrillic = (text) => /[а-яё]{3}/i.test(text);
// Traces of wrong encodings and of forms filled in badly.
const damaged = /[?\uFFFD_|]|';|&\w+;|виногрвд|быстрооо|овсянные|традициональ|\d ?\/ ?\d|\dx\d|merken/i;

function tidyName(raw) {
  const name = raw
    .replace(/\s+/g, ' ')
    .replace(/(\d) %/g, '$1%')
    .trim();
  return name === name.toUpperCase() ? name[0] + name.slice(1).toLowerCase() : name[0].toUpperCase() + name.slice(1);
}

function isPlausible({ kcal, carbs_g, fat_g, proteins_g, sugar_g }) {
  const parts = [carbs_g, fat_g, proteins_g];
  if (kcal === null || kcal > 900 || parts.some((part) => part === null || part < 0)) return false;
  return parts.reduce((sum, part) => sum + part, 0) <= 101 && (sugar_g ?? 0) <= carbs_g;
}

function candidateOf(row) {
  if (!row.country || !row.gtin_valid || !isPlausible(row) || damaged.test(row.name)) return [];
  const name = tidyName(row.name);
  if (name.length < 3 || name.length > 80 || row.weight_g > 2500) return [];
  const shelf = shelves.find(({ match }) => match.test(name));
  if (!shelf) return [];
  const merit = (row.image_url ? 2 : 0) + (row.description ? 1 : 0) + (name.length > 10 ? 1 : 0);
  return [{ row, name, shelf, merit: merit + chance(row.barcode, 'choice') }];
}

/** Three Cyrillic names to one Latin, as long as there are both. */
function mix(goods) {
  const [cyrillic, latin] = [goods.filter((one) => isCyrillic(one.name)), goods.filter((one) => !isCyrillic(one.name))];
  return goods.map((_, i) => ((i % 4 === 3 && latin.length > 0) || cyrillic.length === 0 ? latin : cyrillic).shift());
}

/** The best of each name, then the best of each shelf, taken in turns so that no shelf stays empty. */
function choose(candidates) {
  const byName = new Map();
  for (const one of candidates.sort((a, b) => b.merit - a.merit)) {
    const key = one.name
      .toLowerCase()
      .replaceAll('ё', 'е')
      .replace(/[^\p{L}\p{N}]/gu, '');
    if (!byName.has(key)) byName.set(key, one);
  }
  const onShelf = shelves.map((shelf) =>
    mix([...byName.values()].filter((one) => one.shelf === shelf)).slice(0, mostOnShelf),
  );
  const rounds = Array.from({ length: mostOnShelf }, (_, round) => onShelf.flatMap((goods) => goods[round] ?? []));
  return rounds.flat().slice(0, wanted);
}

function weightOf({ row, name, shelf }) {
  const written = /(\d+(?:[.,]\d+)?)\s?(кг|гр|г|мл|kg|g|ml|l|cl)(?![\p{L}])/iu.exec(name);
  if (row.weight_g) return row.weight_g;
  if (!written) return pick(shelf.grams, row.barcode, 'weight');
  const factor = { кг: 1000, kg: 1000, l: 1000, cl: 10 }[written[2].toLowerCase()] ?? 1;
  return Number(written[1].replace(',', '.')) * factor;
}

function priceOf({ row, shelf }) {
  const [least, most] = shelf.price;
  const roubles = Math.round(least + chance(row.barcode, 'price') ** 1.5 * (most - least));
  return `${roubles}.${pick(['90', '90', '50', '00'], row.barcode, 'kopecks')}`;
}

/** One in ten sold out, one in ten below the usual buffer of five, the rest well stocked. */
function stockOf({ row, shelf }) {
  const share = chance(row.barcode, 'shelf');
  if (share < 0.1) return 0;
  const amount = share < 0.2 ? 0.5 + 4 * chance(row.barcode, 'stock') : 6 + 234 * chance(row.barcode, 'stock') ** 2;
  return shelf.byWeight ? Math.round(amount * 1000) / 1000 : Math.max(1, Math.round(amount));
}

function descriptionOf({ description }) {
  const text = description?.replace(/_/g, '').replace(/\s+/g, ' ').trim();
  if (!text || text.length < 20 || /[?\uFFFD]/.test(text)) return undefined;
  return text.length <= 500 ? text : `${text.slice(0, text.lastIndexOf(' ', 499))}…`;
}

function item(one, i) {
  const { row, name, shelf } = one;
  return {
    sku: String(i + 1).padStart(9, '0'),
    barcode: row.barcode,
    name,
    description: descriptionOf(row),
    brand: row.brand ?? brands.find((brand) => `${name} `.toLowerCase().includes(brand.toLowerCase()))?.trim(),
    price: priceOf(one),
    currency: 'RUB',
    weightGrams: weightOf(one),
    unit: shelf.byWeight ? 'кг' : (shelf.unit ?? 'шт'),
    nutrition: {
      energyKcal: row.kcal,
      carbohydrates: row.carbs_g,
      fat: row.fat_g,
      proteins: row.proteins_g,
      sugars: row.sugar_g ?? undefined,
    },
    categoryPath: shelf.path,
    imageUrls: row.image_url ? [row.image_url] : undefined,
    stockQuantity: stockOf(one),
  };
}

const rows = readFileSync(process.argv[2], 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line));
const order = (a, b) => shelves.indexOf(a.shelf) - shelves.indexOf(b.shelf) || (a.name < b.name ? -1 : 1);
const chosen = choose(rows.flatMap(candidateOf)).sort(order);
process.stdout.write(`${chosen.map((one, i) => JSON.stringify(item(one, i))).join('\n')}\n`);
