import { moneyOf } from '@gastronom/shared/money';
import { Money } from '@gastronom/shared/money.type';
import { FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { Supplier } from '../foreign/parties.type.ts';
import type { Substitution as SubstitutionName } from '../supplier-order/supplier-order.entity.ts';
import { Substitution } from '../supplier-order/supplier-order.type.ts';
import { CartLine, CartSupplier, DeliveryDay } from './cart.type.ts';
import type { CartPart } from './cart-parts.ts';
import type { CartLineView } from './cart-view.ts';

@Resolver(() => CartSupplier)
export class CartSupplierResolver {
  @FieldResolver(() => Supplier, { nullable: true, description: 'The supplier.' })
  supplier(@Root() { supplier }: CartPart): Supplier {
    return { id: supplier.id };
  }

  @FieldResolver(() => ID, { description: 'The supplier’s id.' })
  supplierId(@Root() { supplier }: CartPart): string {
    return supplier.id;
  }

  @FieldResolver(() => String, { description: 'The supplier’s name.' })
  name(@Root() { supplier }: CartPart): string {
    return supplier.name;
  }

  @FieldResolver(() => String, { description: 'IANA time zone of its days and times.' })
  timeZone(@Root() { supplier }: CartPart): string {
    return supplier.timeZone;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The chosen day, as `2026-11-24`; null takes the first that is possible.',
  })
  deliverOn(@Root() { choice }: CartPart): string | null {
    return choice?.deliverOn ?? null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'From when on that day, as `08:00`; null for any time.',
  })
  deliverFrom(@Root() { choice }: CartPart): string | null {
    return choice?.deliverFrom?.slice(0, 5) ?? null;
  }

  @FieldResolver(() => Substitution, { description: 'Whether something else may come for what is missing.' })
  substitution(@Root() { choice }: CartPart): SubstitutionName {
    return choice?.substitution ?? 'ASK';
  }

  @FieldResolver(() => String, { nullable: true, description: 'What the buyer wrote to this supplier.' })
  note(@Root() { choice }: CartPart): string | null {
    return choice?.note ?? null;
  }

  @FieldResolver(() => [DeliveryDay], {
    description: 'When it can deliver; empty where it delivers on no particular day.',
  })
  deliveryDays(@Root() { supplier }: CartPart): DeliveryDay[] {
    return supplier.days.map((day) => ({ ...day, cutOffAt: new Date(day.cutOffAt) }));
  }

  @FieldResolver(() => Boolean, { description: 'Whether it takes no order below its minimum.' })
  minimumIsHard(@Root() { supplier }: CartPart): boolean {
    return supplier.minimum?.hard ?? false;
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'What its goods should be worth at least; null for none.',
  })
  minimum(@Root() { supplier }: CartPart): Money | null {
    return supplier.minimum && moneyOf(supplier.minimum.amount, supplier.currency);
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'From what worth of goods delivery is free; null if never.',
  })
  freeDeliveryFrom(@Root() { supplier }: CartPart): Money | null {
    const freeFrom = supplier.delivery?.freeFrom ?? null;
    return freeFrom === null ? null : moneyOf(freeFrom, supplier.currency);
  }

  @FieldResolver(() => [CartLine], { description: 'Its lines.' })
  lines(@Root() { lines }: CartPart): readonly CartLineView[] {
    return lines;
  }

  @FieldResolver(() => Money, { description: 'What its goods cost now, without tax.' })
  goods(@Root() { amounts, currency }: CartPart): Money {
    return moneyOf(amounts.goods.toFixed(), currency);
  }

  @FieldResolver(() => Money, { description: 'The tax on them.' })
  tax(@Root() { amounts, currency }: CartPart): Money {
    return moneyOf(amounts.tax.toFixed(), currency);
  }

  @FieldResolver(() => Money, { description: 'What its delivery costs.' })
  delivery(@Root() { amounts, currency }: CartPart): Money {
    return moneyOf(amounts.delivery.toFixed(), currency);
  }

  @FieldResolver(() => Money, { description: 'Goods, tax and delivery.' })
  total(@Root() { amounts, currency }: CartPart): Money {
    return moneyOf(amounts.total.toFixed(), currency);
  }
}
