import type { AvailabilityName } from '../reading.ts';
import { readAvailability } from './availability.ts';

/** How shops say it to people; the sadder first, since `not available` has `available` in it. */
const words: readonly (readonly [name: AvailabilityName, pattern: RegExp])[] = [
  ['DISCONTINUED', /discontinued|no longer (available|made)|снят с производства|nicht mehr lieferbar/],
  ['IN_STOCK', /^not sold( out)?\b|^nicht ausverkauft/],
  [
    'OUT_OF_STOCK',
    /out of stock|sold out|not? (in stock|available)|unavailable|currently no stock|нет в наличии|нет на складе|распродан|закончил/,
  ],
  [
    'OUT_OF_STOCK',
    /ausverkauft|nicht (verfügbar|lieferbar|vorrätig|auf lager)|vergriffen|en rupture|épuisé|indisponible|non disponib/,
  ],
  [
    'OUT_OF_STOCK',
    /agotado|sin stock|no disponible|esgotado|sem stock|indisponível|esaurito|niedostępn|brak w magazynie|vyprodáno|není skladem/,
  ],
  [
    'OUT_OF_STOCK',
    /slut i lager|slutsåld|ej i lager|udsolgt|utsolgt|ikke på lager|loppu|uitverkocht|niet op voorraad|tükendi|stoc epuizat|nav pieejam|在庫(なし|切れ)|売り切れ|缺货|售罄|품절/,
  ],
  ['PRE_ORDER', /pre-?order|back-?order|vorbestell|précommande|preventa|prenota|предзаказ|förbeställ|予約/],
  ['SOLD', /^sold\b|^verkauft|^vendu|^vendido|^продано|^såld/],
  [
    'IN_STOCK',
    /in stock|available|in den warenkorb|auf lager|verfügbar|lieferbar|vorrätig|en stock|disponib|disponív|в наличии|есть на складе/,
  ],
  [
    'IN_STOCK',
    /i lager|på lager|varastossa|op voorraad|dostępn|skladem|na skladě|stokta|în stoc|pieejam|na zalogi|在庫あり|有货|재고/,
  ],
];

/** What a store's own selector, or an item of the page, says of its stock: a term, or words for people. */
export function readAvailabilityWords(text: string): AvailabilityName | null {
  const term = readAvailability(text);
  if (term !== null) return term;
  const line = text.slice(0, 500).replace(/\s+/g, ' ').trim().toLowerCase();
  return words.find(([, pattern]) => pattern.test(line))?.[0] ?? null;
}
