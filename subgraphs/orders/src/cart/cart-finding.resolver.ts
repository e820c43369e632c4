import { moneyOf } from '@gastronom/shared/money';
import { Money } from '@gastronom/shared/money.type';
import { FieldResolver, Resolver, Root } from 'type-graphql';
import type { CartFinding as Finding } from './cart-finding.ts';
import { CartFinding } from './cart-finding.type.ts';

@Resolver(() => CartFinding)
export class CartFindingResolver {
  @FieldResolver(() => Money, { nullable: true, description: 'The price when the line was put in.' })
  oldPrice(@Root() { oldPrice }: Finding): Money | null {
    return oldPrice ? moneyOf(oldPrice.amount, oldPrice.currency) : null;
  }

  @FieldResolver(() => Money, { nullable: true, description: 'The price of now.' })
  newPrice(@Root() { newPrice }: Finding): Money | null {
    return newPrice ? moneyOf(newPrice.amount, newPrice.currency) : null;
  }

  @FieldResolver(() => Money, { nullable: true, description: 'What is missing to the supplier’s minimum.' })
  missing(@Root() { missing }: Finding): Money | null {
    return missing ? moneyOf(missing.amount, missing.currency) : null;
  }
}
