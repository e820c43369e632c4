import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@gastronom/shared/env';

export interface DemoMarketTarget {
  readonly url: string;
  /** Of somebody who speaks for the demo supplier. */
  readonly token: string;
  readonly dataDir: string;
}

const createSupplier = `mutation ($input: CreateSupplierInput!) {
  createSupplier(input: $input) { supplier { id } userErrors { message } } }`;
const findSupplier = '{ mySupplier { id } }';
const setDeliveryDays = `mutation ($input: SetDeliveryDaysInput!) {
  setDeliveryDays(input: $input) { userErrors { message } } }`;
const upsertOffers = `mutation ($input: UpsertOffersInput!) {
  upsertOffers(input: $input) { rejected userErrors { message } } }`;

const terms = {
  name: 'Demo Dairy',
  description: 'Milk, curd and cheese by the box.',
  currency: 'RUB',
  timeZone: 'Europe/Moscow',
  taxRate: '10.00',
  taxIncluded: false,
  minimumAmount: '3000.00',
  minimumIsHard: false,
  deliveryFee: '300.00',
  deliveryFreeFrom: '10000.00',
  cutOffDays: 1,
  cutOffTime: '16:00',
};
const windows = [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, from: '06:00', to: '11:00' }));

interface Payload {
  readonly supplier?: { readonly id: string } | null;
  readonly rejected?: number;
  readonly userErrors: readonly { readonly message: string }[];
}

/** What one field of the public graph answers the demo supplier. */
async function ask<Answer>({ url, token }: DemoMarketTarget, query: string, input?: object): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables: { input } }),
  });
  const { data, errors } = (await response.json()) as {
    data?: Record<string, Answer> | null;
    errors?: readonly { readonly message: string }[];
  };
  const answer = Object.values(data ?? {})[0];
  if (errors || answer === undefined) throw new Error(`The demo offers could not be loaded: ${errors?.[0]?.message}`);
  return answer;
}

async function change(target: DemoMarketTarget, mutation: string, input: object): Promise<Payload> {
  const payload = await ask<Payload>(target, mutation, input);
  const [trouble] = payload.userErrors;
  if (trouble) throw new Error(`The demo offers could not be loaded: ${trouble.message}`);
  return payload;
}

/** Lets the demo supplier say what it sells and when it delivers, once. A start that was cut does it again. */
export async function openDemoMarketOnce(target: DemoMarketTarget): Promise<void> {
  const marker = join(target.dataDir, 'demo-market-open');
  if (existsSync(marker)) return;
  const known = await ask<{ id: string } | null>(target, findSupplier);
  const supplierId = known?.id ?? (await change(target, createSupplier, terms)).supplier?.id;
  await change(target, setDeliveryDays, { supplierId, windows });
  const items = readFileSync(join(projectRoot, 'demo', 'offers.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const { rejected } = await change(target, upsertOffers, { supplierId, items });
  if (rejected) throw new Error(`The demo offers could not be loaded: ${rejected} of them were not taken.`);
  writeFileSync(marker, `${new Date().toISOString()}\n`);
}
