import { plainDecimal } from '@gastronom/shared/plain-decimal';
import { z } from 'zod';
import type { Audience } from './partner-event.ts';

export const decimal = z.string().describe('An exact decimal number, as "1234.50".');
export const moment = z.iso.datetime().describe('A moment in UTC.');
export const day = z.iso.date();
export const timeOfDay = z.string().describe('As "08:30", in the supplier’s time zone.');
export const currency = z.string().describe('ISO 4217.');

// As the graph says them.
export const quantity = z.string().overwrite(plainDecimal).describe('In packs; with decimals for goods by weight.');
export const packSize = z.string().overwrite(plainDecimal).describe('How many base units a pack has.');

export const buyer = z
  .object({
    kind: z.enum(['USER', 'ORGANIZATION']).describe('A person by themselves, or a restaurant.'),
    id: z.uuid(),
  })
  .describe('Who bought.');

export const supplier = z
  .object({ id: z.string(), isHouse: z.boolean().describe('Whether it is the shop itself.') })
  .describe('Who delivers.');

/** The supplier as our events name it. */
export const supplierParty = supplier.extend({ organizationId: z.string().nullable() });

type Buyer = z.infer<typeof buyer>;
type SupplierParty = z.infer<typeof supplierParty>;

/** A person by themselves has no endpoints. */
export const buyerAudience = ({ kind, id }: Buyer): Audience[] =>
  kind === 'ORGANIZATION' ? [{ kind: 'ORGANIZATION', id }] : [];

/** What the house delivers is the shop's. */
export const supplierAudience = ({ organizationId, isHouse }: SupplierParty): Audience[] => [
  ...(organizationId ? [{ kind: 'ORGANIZATION', id: organizationId } as const] : []),
  ...(isHouse ? [{ kind: 'SHOP' } as const] : []),
];

/** Both parties see the same. */
export const bothParties = <Data extends { buyer: Buyer; supplier: SupplierParty }>(data: Data) =>
  [...buyerAudience(data.buyer), ...supplierAudience(data.supplier)].map((to) => ({ to, data }));
