// Second proof of price tracking: the price text parser on tables of real price strings. A row is right where the amount
// is, and the currency wherever the table names one; an instalment that is said to be one is no price.
// Usage: pnpm --filter bench run price-text --data FOLDER
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isAskedPrice, type PriceText } from '@gastronom/product-page/price-text/price-kind';
import { readCurrencyText, readPriceText } from '@gastronom/product-page/price-text/read-price-text';

interface Row {
  readonly price: string | null;
  /** An ISO code, or the text beside the price. */
  readonly currency_hint: string | null;
  readonly decimal_separator?: string | null;
  readonly amount: string | null;
  readonly currency_iso: string | null;
  /** Whether the parser that the table is of gets the row right itself. */
  readonly reference_parser_ok?: boolean;
}

const { values } = parseArgs({ options: { data: { type: 'string' } } });
const folder = values.data;
if (folder === undefined) throw new Error('say where the tables are: --data FOLDER');

const localeByMark = new Map([
  [',', 'de'],
  ['.', 'en'],
]);

function answerTo(row: Row): PriceText | null {
  const hint = row.currency_hint ?? '';
  return readPriceText(row.price ?? '', {
    currency: readCurrencyText(hint) ?? undefined,
    locale: localeByMark.get(row.decimal_separator ?? ''),
  });
}

const isSame = (found: string | null, expected: string | null): boolean =>
  found === null || expected === null ? found === expected : Number(found) === Number(expected);

function isRight(row: Row, found: PriceText | null): boolean {
  const isRefused = row.amount === null && found !== null && !isAskedPrice(found.kind);
  if (isRefused) return true;
  return isSame(found?.amount ?? null, row.amount) && (row.currency_iso ?? found?.currency) === found?.currency;
}

for (const name of ['price_strings.jsonl', 'own_price_strings.jsonl']) {
  const lines = (await readFile(join(folder, name), 'utf8')).split('\n').filter((line) => line !== '');
  const rows = lines.map((line) => JSON.parse(line) as Row);
  for (const isReference of [true, false]) {
    const measured = rows.filter((row) => (row.reference_parser_ok ?? true) === isReference);
    if (measured.length === 0) continue;
    const missed = measured.filter((row) => !isRight(row, answerTo(row)));
    const share = (100 * (measured.length - missed.length)) / measured.length;
    const beyond = isReference ? '' : ', those that its own parser misses';
    console.log(`${name}${beyond}: ${measured.length - missed.length} of ${measured.length}, ${share.toFixed(1)} %`);
    for (const row of missed) {
      const found = answerTo(row);
      const answer = found === null ? 'none' : `${found.amount} ${found.currency} ${found.kind}`;
      console.log(`  ${JSON.stringify(row.price)} should be ${row.amount} ${row.currency_iso}, is ${answer}`);
    }
  }
}
