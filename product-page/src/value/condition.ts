import type { ConditionName } from '../reading.ts';

/** schema.org's OfferItemCondition and the product feeds' words. That something was used does not say how well it was kept. */
const terms: Readonly<Record<string, ConditionName>> = {
  new: 'NEW',
  newcondition: 'NEW',
  likenew: 'LIKE_NEW',
  refurbished: 'LIKE_NEW',
  refurbishedcondition: 'LIKE_NEW',
  good: 'GOOD',
  fair: 'FAIR',
  poor: 'POOR',
  damagedcondition: 'POOR',
};

export function readCondition(text: string): ConditionName | null {
  const term = text
    .trim()
    .replace(/^(https?:\/\/(www\.)?schema\.org\/|schema:)/i, '')
    .replace(/[\s_-]+/g, '')
    .toLowerCase();
  return Object.hasOwn(terms, term) ? (terms[term] ?? null) : null;
}
