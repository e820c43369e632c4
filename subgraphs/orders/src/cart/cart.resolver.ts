import { ChangesNothingShared } from '@gastronom/shared/answer-tag.directive';
import { moneyOf } from '@gastronom/shared/money';
import { Money } from '@gastronom/shared/money.type';
import { DateTime } from '@gastronom/shared/scalars';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { OrdersContext } from '../context.ts';
import { AddToCartInput, SetCartLineInput, SetCartSupplierInput } from './cart.inputs.ts';
import { type CartOutcome, CartService } from './cart.service.ts';
import { Cart, CartLine, CartPayload, CartSupplier } from './cart.type.ts';
import { errorsOf } from './cart-finding.ts';
import { CartValidation } from './cart-finding.type.ts';
import { type CartPart, cartParts, totalOf } from './cart-parts.ts';
import { type CartLineView, type CartView, linesOfSuppliers } from './cart-view.ts';
import { checkCart } from './check-cart.ts';

@Resolver(() => Cart)
export class CartResolver {
  @Query(() => Cart, {
    description: 'The cart of whom the person shops for: the restaurant that they act for, or themselves.',
  })
  cart(@Ctx() context: OrdersContext): Promise<CartView> {
    return new CartService(context).view();
  }

  @Query(() => CartValidation, {
    nullable: true,
    description:
      'Whether the cart can be ordered as it is, and what the buyer should know before. Null when suppliers cannot be asked.',
  })
  async validateCart(
    @Ctx() context: OrdersContext,
    @Arg('supplierIds', () => [ID], {
      nullable: true,
      description: 'Looks at what is of these suppliers alone; at all by default.',
    })
    supplierIds?: string[] | null,
  ): Promise<CartValidation> {
    const { lines, choices, quote: ask } = await new CartService(context).view();
    const quote = await ask();
    const findings = checkCart(linesOfSuppliers(lines, quote, supplierIds), choices, quote);
    return { findings: findings as CartValidation['findings'], isPlaceable: errorsOf(findings).length === 0 };
  }

  @ChangesNothingShared()
  @Mutation(() => CartPayload, { description: 'Puts offers into the cart: all of them or none.' })
  addToCart(
    @Ctx() context: OrdersContext,
    @Arg('input', () => AddToCartInput, { description: 'What.' }) { lines }: AddToCartInput,
  ): Promise<CartOutcome> {
    return new CartService(context).add(lines);
  }

  @ChangesNothingShared()
  @Mutation(() => CartPayload, { description: 'Changes how much of an offer is in the cart, or its note.' })
  setCartLine(
    @Ctx() context: OrdersContext,
    @Arg('input', () => SetCartLineInput, { description: 'The line.' }) input: SetCartLineInput,
  ): Promise<CartOutcome> {
    return new CartService(context).setLine(input);
  }

  @ChangesNothingShared()
  @Mutation(() => CartPayload, { description: 'Takes a line out of the cart. One that is gone needs no taking out.' })
  removeCartLine(
    @Ctx() context: OrdersContext,
    @Arg('lineId', () => ID, { description: 'The line’s id.' }) lineId: string,
  ): Promise<CartOutcome> {
    return new CartService(context).removeLine(lineId);
  }

  @ChangesNothingShared()
  @Mutation(() => CartPayload, { description: 'Takes everything out of the cart.' })
  clearCart(@Ctx() context: OrdersContext): Promise<CartOutcome> {
    return new CartService(context).clear();
  }

  @ChangesNothingShared()
  @Mutation(() => CartPayload, {
    description: 'Says when a supplier of the cart is to deliver, whether it may substitute, and what it should know.',
  })
  setCartSupplier(
    @Ctx() context: OrdersContext,
    @Arg('input', () => SetCartSupplierInput, { description: 'What is wanted of which supplier.' })
    input: SetCartSupplierInput,
  ): Promise<CartOutcome> {
    return new CartService(context).choose(input);
  }

  @FieldResolver(() => Int, { description: 'Raised with each change of it; 0 of one that never was changed.' })
  version(@Root() { cart }: CartView): number {
    return cart?.version ?? 0;
  }

  @FieldResolver(() => DateTime, { nullable: true, description: 'When it was last changed.' })
  updatedAt(@Root() { cart }: CartView): Date | null {
    return cart?.updatedAt ?? null;
  }

  @FieldResolver(() => [CartLine], { description: 'What is in it, the first put in first.' })
  lines(@Root() { lines }: CartView): readonly CartLineView[] {
    return lines;
  }

  @FieldResolver(() => [CartSupplier], {
    nullable: true,
    description: 'By supplier, at prices and terms of now. Null when suppliers cannot be asked.',
  })
  suppliers(@Root() view: CartView): Promise<CartPart[]> {
    return cartParts(view);
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description:
      'What it comes to now, with tax and delivery; null of an empty cart, of one in several currencies, and when suppliers cannot be asked. Lines that cannot be ordered are not counted.',
  })
  async total(@Root() view: CartView): Promise<Money | null> {
    const total = totalOf(await cartParts(view));
    return total && moneyOf(total.amount.toFixed(), total.currency);
  }
}

@Resolver(() => CartPayload)
export class CartPayloadResolver {
  @FieldResolver(() => Cart, { description: 'The cart as it is now.' })
  cart(@Root() { cart }: CartOutcome): Promise<CartView> {
    return cart();
  }
}
