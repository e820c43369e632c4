import { Decimal } from '@gastronom/shared/scalars';
import { Field, ObjectType, registerEnumType } from 'type-graphql';

export enum CartFindingCode {
  CART_EMPTY = 'CART_EMPTY',
  UNKNOWN_OFFER = 'UNKNOWN_OFFER',
  NOT_FOR_THIS_BUYER = 'NOT_FOR_THIS_BUYER',
  NOT_AVAILABLE = 'NOT_AVAILABLE',
  NO_PRICE = 'NO_PRICE',
  NOT_ENOUGH = 'NOT_ENOUGH',
  NOT_A_MULTIPLE = 'NOT_A_MULTIPLE',
  BELOW_MINIMUM_QUANTITY = 'BELOW_MINIMUM_QUANTITY',
  PRICE_MOVED = 'PRICE_MOVED',
  CURRENCY_MIXED = 'CURRENCY_MIXED',
  BELOW_MINIMUM = 'BELOW_MINIMUM',
  CUT_OFF_PASSED = 'CUT_OFF_PASSED',
  DELIVERY_DAY_IMPOSSIBLE = 'DELIVERY_DAY_IMPOSSIBLE',
}
registerEnumType(CartFindingCode, {
  name: 'CartFindingCode',
  description: 'What there is to say of a cart before it is ordered.',
  valuesConfig: {
    CART_EMPTY: { description: 'There is nothing to order.' },
    UNKNOWN_OFFER: { description: 'The offer is gone.' },
    NOT_FOR_THIS_BUYER: { description: 'The offer is not for this buyer any more.' },
    NOT_AVAILABLE: { description: 'The offer cannot be ordered at the moment.' },
    NO_PRICE: { description: 'The offer has no price for this buyer at the moment.' },
    NOT_ENOUGH: { description: 'There is less than is wanted: `quantity` says how much.' },
    NOT_A_MULTIPLE: { description: 'The offer is sold in multiples: `quantity` is the next that can be ordered.' },
    BELOW_MINIMUM_QUANTITY: { description: 'The offer is sold from `quantity` packs.' },
    PRICE_MOVED: { description: 'The price is another than when the line was put in: `oldPrice`, `newPrice`.' },
    CURRENCY_MIXED: {
      description: 'Lines have prices in several currencies: they have to be ordered apart, by `supplierIds`.',
    },
    BELOW_MINIMUM: {
      description: 'The supplier’s goods are worth less than its minimum: `missing`. An error where it is hard.',
    },
    CUT_OFF_PASSED: { description: 'The chosen day cannot be ordered any more.' },
    DELIVERY_DAY_IMPOSSIBLE: { description: 'The supplier cannot deliver this on the chosen day, or on any.' },
  },
});

export enum FindingSeverity {
  ERROR = 'ERROR',
  WARNING = 'WARNING',
}
registerEnumType(FindingSeverity, {
  name: 'FindingSeverity',
  description: 'Whether a finding keeps a cart from being ordered.',
  valuesConfig: {
    ERROR: { description: 'It does.' },
    WARNING: { description: 'It does not: the buyer should know.' },
  },
});

@ObjectType({ description: 'What keeps a cart from being ordered, or what the buyer should know before.' })
export class CartFinding {
  @Field(() => CartFindingCode, { description: 'What it is.' })
  code!: CartFindingCode;

  @Field(() => FindingSeverity, { description: 'Whether it keeps the cart from being ordered.' })
  severity!: FindingSeverity;

  @Field(() => String, { description: 'What is wrong and what to do, for people.' })
  message!: string;

  @Field(() => String, { nullable: true, description: 'The id of the line that it is about; null if of none.' })
  lineId?: string;

  @Field(() => String, { nullable: true, description: 'The id of the supplier that it is about; null if of none.' })
  supplierId?: string;

  @Field(() => Decimal, { nullable: true, description: 'How many packs can be ordered instead.' })
  quantity?: string;
}

@ObjectType({ description: 'Whether a cart can be ordered as it is.' })
export class CartValidation {
  @Field(() => Boolean, { description: 'Whether nothing keeps it from being ordered.' })
  isPlaceable!: boolean;

  @Field(() => [CartFinding], { description: 'Everything there is to say of it.' })
  findings!: CartFinding[];
}
