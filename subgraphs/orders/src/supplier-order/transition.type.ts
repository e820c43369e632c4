import { Field, ObjectType, registerEnumType } from 'type-graphql';
import type { Transition } from './transitions.ts';

export enum OrderMachineName {
  ORDER = 'ORDER',
  SUPPLIER_ORDER = 'SUPPLIER_ORDER',
  DELIVERY = 'DELIVERY',
}
registerEnumType(OrderMachineName, {
  name: 'OrderMachineName',
  description: 'Of what a machine tells the way.',
  valuesConfig: {
    ORDER: { description: 'An order as a whole, `OrderStatus`.' },
    SUPPLIER_ORDER: { description: 'One supplier’s part of it, `SupplierOrderStatus`.' },
    DELIVERY: { description: 'One delivery, `DeliveryStatus`.' },
  },
});

export enum OrderParty {
  BUYER = 'BUYER',
  SUPPLIER = 'SUPPLIER',
  STAFF = 'STAFF',
  SYSTEM = 'SYSTEM',
}
registerEnumType(OrderParty, {
  name: 'OrderParty',
  description: 'On whose side somebody acts.',
  valuesConfig: {
    BUYER: { description: 'The people of the restaurant, or the person who bought.' },
    SUPPLIER: { description: 'The people of the supplier; staff, for the house.' },
    STAFF: { description: 'The platform’s staff.' },
    SYSTEM: { description: 'The product itself.' },
  },
});

export enum OrderCommand {
  PLACE = 'PLACE',
  REFUSE = 'REFUSE',
  REQUEST_APPROVAL = 'REQUEST_APPROVAL',
  AWAIT_PAYMENT = 'AWAIT_PAYMENT',
  CONFIRM = 'CONFIRM',
  REJECT = 'REJECT',
  SHIP = 'SHIP',
  CANCEL = 'CANCEL',
  MARK_DELIVERED = 'MARK_DELIVERED',
  CORRECT_DELIVERY = 'CORRECT_DELIVERY',
  COMPLETE = 'COMPLETE',
}
registerEnumType(OrderCommand, {
  name: 'OrderCommand',
  description: 'What moves an order, a part of it or a delivery.',
  valuesConfig: {
    PLACE: { description: 'It stands: reserved, approved, and paid or on invoice.' },
    REFUSE: { description: 'It cannot be reserved, or was not approved or paid.' },
    REQUEST_APPROVAL: { description: 'It is over the spend limit.' },
    AWAIT_PAYMENT: { description: 'The card has to be charged.' },
    CONFIRM: { description: '`confirmSupplierOrder`.' },
    REJECT: { description: '`rejectSupplierOrder`.' },
    SHIP: { description: '`shipSupplierOrder`.' },
    CANCEL: { description: '`cancelSupplierOrder`.' },
    MARK_DELIVERED: { description: '`markDelivered`.' },
    CORRECT_DELIVERY: { description: '`correctDelivery`.' },
    COMPLETE: { description: 'Its parts are over.' },
  },
});

@ObjectType({ description: 'One step that may be taken.' })
export class OrderTransition implements Pick<Transition, 'from' | 'to' | 'condition'> {
  @Field(() => String, { description: 'The status before.' })
  from!: string;

  @Field(() => String, { description: 'The status after.' })
  to!: string;

  @Field(() => OrderCommand, { description: 'What takes it.' })
  command!: OrderCommand;

  @Field(() => [OrderParty], { description: 'Whose people may take it.' })
  by!: OrderParty[];

  @Field(() => String, { nullable: true, description: 'What else has to hold; null for nothing.' })
  condition!: string | null;
}

@ObjectType({ description: 'Every step of one kind of thing: what is not listed cannot happen.' })
export class OrderMachine {
  @Field(() => OrderMachineName, { description: 'Of what it tells the way.' })
  name!: OrderMachineName;

  @Field(() => [String], { description: 'Where it begins.' })
  initial!: string[];

  @Field(() => [String], { description: 'From where there is no step on.' })
  final!: string[];

  @Field(() => [OrderTransition], { description: 'Its steps.' })
  transitions!: OrderTransition[];
}
