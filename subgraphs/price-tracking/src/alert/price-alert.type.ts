import { connectionOf } from '@gastronom/shared/connection.type';
import { DateTime } from '@gastronom/shared/scalars';
import { UserError } from '@gastronom/shared/user-error.type';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { PriceAlertEntity, PriceAlertKindName, PriceAlertScopeName } from './price-alert.entity.ts';
import { priceAlertError } from './price-alert.errors.ts';

export const PriceAlertKind: { readonly [Kind in PriceAlertKindName]: Kind } = {
  BELOW_TARGET: 'BELOW_TARGET',
  DROP_PERCENT: 'DROP_PERCENT',
  LOWEST_IN_DAYS: 'LOWEST_IN_DAYS',
  ANY_CHANGE: 'ANY_CHANGE',
  BACK_IN_STOCK: 'BACK_IN_STOCK',
};
registerEnumType(PriceAlertKind, {
  name: 'PriceAlertKind',
  description: 'When an alert is raised. Prices in different currencies are never compared.',
  valuesConfig: {
    BELOW_TARGET: { description: 'The price is at or below the target: the alert’s own, else the product’s.' },
    DROP_PERCENT: {
      description: 'The price is so many per cent below the last one; with `days`, below the highest of so many days.',
    },
    LOWEST_IN_DAYS: { description: 'The price is below all that was asked in so many days.' },
    ANY_CHANGE: { description: 'The price is another than the last one.' },
    BACK_IN_STOCK: { description: 'The page says that it is in stock, after it said that it was not.' },
  },
});

export const PriceAlertScope: { readonly [Scope in PriceAlertScopeName]: Scope } = {
  ANY_URL: 'ANY_URL',
  PRIMARY_URL: 'PRIMARY_URL',
};
registerEnumType(PriceAlertScope, {
  name: 'PriceAlertScope',
  description: 'Which pages of a product an alert looks at.',
  valuesConfig: {
    ANY_URL: { description: 'All of them, each by itself.' },
    PRIMARY_URL: { description: 'The primary one alone.' },
  },
});

@ObjectType({ description: 'When the owner of a tracked product wants to be told of its price.' })
export class PriceAlert
  implements Pick<PriceAlertEntity, 'id' | 'kind' | 'scope' | 'days' | 'isEnabled' | 'createdAt'>
{
  @Field(() => ID, { description: 'Its id (UUID).' })
  id!: string;

  @Field(() => PriceAlertKind, { description: 'When it is raised.' })
  kind!: PriceAlertKindName;

  @Field(() => PriceAlertScope, { description: 'Which pages it looks at.' })
  scope!: PriceAlertScopeName;

  @Field(() => Int, {
    nullable: true,
    description: 'How many days it looks back; null where it looks at the last price alone.',
  })
  days!: number | null;

  @Field(() => Boolean, { description: 'Whether it is on.' })
  isEnabled!: boolean;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date;
}

@ObjectType({ description: 'A page of alerts.' })
export class PriceAlertConnection extends connectionOf(PriceAlert, 'PriceAlert') {
  @Field(() => Int, { description: 'How many match. Counted only when asked for.' })
  totalCount?: number;
}

@ObjectType({ description: 'An alert after it was made, changed or snoozed.' })
export class PriceAlertPayload {
  @Field(() => PriceAlert, { nullable: true, description: 'The alert; null when it was refused.' })
  alert!: PriceAlertEntity | null;

  @Field(() => [UserError], { description: priceAlertError.description })
  userErrors!: readonly UserError[];
}

@ObjectType({ description: 'What came of deleting an alert.' })
export class DeletePriceAlertPayload {
  @Field(() => ID, { nullable: true, description: 'Id of the deleted alert; null when nothing was deleted.' })
  deletedAlertId!: string | null;

  @Field(() => [UserError], { description: priceAlertError.description })
  userErrors!: readonly UserError[];
}
