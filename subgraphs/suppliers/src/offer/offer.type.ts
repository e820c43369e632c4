import { connectionOf } from '@gastronom/shared/connection.type';
import { DateTime, Decimal } from '@gastronom/shared/scalars';
import { UserError } from '@gastronom/shared/user-error.type';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { BaseUnitName, OfferEntity } from './offer.entity.ts';
import { offerError } from './offer.errors.ts';

export enum BaseUnit {
  KILOGRAM = 'KILOGRAM',
  LITRE = 'LITRE',
  PIECE = 'PIECE',
}
registerEnumType(BaseUnit, {
  name: 'BaseUnit',
  description: 'What a pack’s contents are measured in.',
  valuesConfig: {
    KILOGRAM: { description: 'By weight.' },
    LITRE: { description: 'By volume.' },
    PIECE: { description: 'Counted.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'Something that can be ordered of a supplier. What is ordered are packs of `packSize` base units. The shop’s own offers are its goods: `house:` and the SKU.',
})
export class Offer
  implements Omit<OfferEntity, 'supplierId' | 'productSku' | 'removedAt' | 'isAvailable' | 'stock' | 'observedAt'>
{
  @Field(() => ID, { description: 'Its id: a UUID, or `house:` and the SKU.' })
  id!: string;

  @Field(() => String, { description: 'The supplier’s own code.' })
  supplierSku!: string;

  @Field(() => String, {
    nullable: true,
    description: 'GTIN of the pack: 8, 12, 13 or 14 digits. Of the shop’s goods their barcode, as 1C has it.',
  })
  gtin!: string | null;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What is to be said of it.' })
  description!: string | null;

  @Field(() => String, { description: 'What is ordered, in the supplier’s word: box, sack, bottle.' })
  unit!: string;

  @Field(() => BaseUnit, { description: 'What a pack’s contents are measured in.' })
  baseUnit!: BaseUnitName;

  @Field(() => Decimal, { description: 'How many base units a pack has.' })
  packSize!: string;

  @Field(() => Decimal, { description: 'What quantities are multiples of, in packs.' })
  multiple!: string;

  @Field(() => Decimal, { description: 'The least that can be ordered, in packs.' })
  minimumQuantity!: string;

  @Field(() => Decimal, { description: 'Tax in per cent.' })
  taxRate!: string;

  @Field(() => Boolean, { description: 'Whether prices are with tax.' })
  taxIncluded!: boolean;

  @Field(() => Boolean, {
    description: 'Whether packs differ in weight: what is paid is what the scale says at delivery.',
  })
  catchWeight!: boolean;

  @Field(() => Int, { description: 'How many days before a delivery it must be ordered, beside the cut-off.' })
  leadTimeDays!: number;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Until when its availability is as said; the opposite holds after it. Null: until the supplier says otherwise.',
  })
  availabilityUntil!: Date | null;

  @Field(() => String, { nullable: true, description: 'Address of a picture.' })
  imageUrl!: string | null;

  @Field(() => DateTime, { description: 'When it was first offered.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it last changed; prices apart.' })
  updatedAt!: Date;
}

@ObjectType({ description: 'A page of offers.' })
export class OfferConnection extends connectionOf(Offer, 'Offer') {}

@ObjectType({ description: 'What became of an offer.' })
export class OfferPayload {
  @Field(() => Offer, { nullable: true, description: 'The offer; null when the input was refused.' })
  offer!: OfferEntity | null;

  @Field(() => [UserError], { description: offerError.description })
  userErrors!: readonly UserError[];
}
