import { connectionOf } from '@gastronom/shared/connection.type';
import { Decimal } from '@gastronom/shared/scalars';
import { UserError } from '@gastronom/shared/user-error.type';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { CancelRuleName, SupplierEntity } from './supplier.entity.ts';
import { supplierError } from './supplier.errors.ts';

export enum CancelRule {
  CUT_OFF = 'CUT_OFF',
  CONFIRMED = 'CONFIRMED',
  SHIPPED = 'SHIPPED',
}
registerEnumType(CancelRule, {
  name: 'CancelRule',
  description: 'Until when who placed an order may cancel it.',
  valuesConfig: {
    CUT_OFF: { description: 'Until its cut-off.' },
    CONFIRMED: { description: 'Until the supplier has confirmed it.' },
    SHIPPED: { description: 'Until it is on its way.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType({ description: 'Who sells on the marketplace: a supplier’s organization, or the shop itself (the house).' })
export class Supplier
  implements
    Omit<
      SupplierEntity,
      'organizationId' | 'createdAt' | 'updatedAt' | 'minimumAmount' | 'deliveryFee' | 'deliveryFreeFrom'
    >
{
  @Field(() => ID, { description: 'Its id (UUID).' })
  id!: string;

  @Field(() => Boolean, { description: 'Whether it is the shop itself, whose offers are the catalogue’s goods.' })
  isHouse!: boolean;

  @Field(() => String, { description: 'The name it trades under.' })
  name!: string;

  @Field(() => String, { description: 'ISO 4217 code of the currency of all its prices, as `RUB`.' })
  currency!: string;

  @Field(() => String, { description: 'IANA time zone of its cut-offs and delivery windows, as `Europe/Stockholm`.' })
  timeZone!: string;

  @Field(() => String, { nullable: true, description: 'What it sells, in its own words.' })
  description!: string | null;

  @Field(() => String, { nullable: true, description: 'Where customers write to.' })
  email!: string | null;

  @Field(() => String, { nullable: true, description: 'Where customers call.' })
  phone!: string | null;

  @Field(() => String, { nullable: true, description: 'Its own pages.' })
  websiteUrl!: string | null;

  @Field(() => Boolean, { description: 'Whether it trades: of one that does not nothing can be ordered.' })
  isActive!: boolean;

  @Field(() => Decimal, { description: 'Tax in per cent of offers that do not say.' })
  taxRate!: string;

  @Field(() => Boolean, { description: 'Whether prices are with tax, of offers that do not say.' })
  taxIncluded!: boolean;

  @Field(() => Boolean, { description: 'Whether orders below the minimum are refused, or only remarked on.' })
  minimumIsHard!: boolean;

  @Field(() => Int, { description: 'How many days before a delivery its orders close.' })
  cutOffDays!: number;

  @Field(() => String, { description: 'At what local time they close, as `15:00`.' })
  cutOffTime!: string;

  @Field(() => CancelRule, { description: 'Until when who placed an order may cancel it.' })
  cancelUntil!: CancelRuleName;
}

@ObjectType({ description: 'A page of suppliers, by name.' })
export class SupplierConnection extends connectionOf(Supplier, 'Supplier') {
  @Field(() => Int, { description: 'How many suppliers match. Counted only when asked for.' })
  totalCount?: number;
}

@ObjectType({ description: 'What became of a supplier.' })
export class SupplierPayload {
  @Field(() => Supplier, { nullable: true, description: 'The supplier; null when the input was refused.' })
  supplier!: SupplierEntity | null;

  @Field(() => [UserError], { description: supplierError.description })
  userErrors!: readonly UserError[];
}
