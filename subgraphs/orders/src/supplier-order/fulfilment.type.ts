import { DateTime } from '@gastronom/shared/scalars';
import { UserError } from '@gastronom/shared/user-error.type';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { fulfilmentError } from './refusal.ts';
import { SupplierOrder, SupplierOrderStatus } from './supplier-order.type.ts';
import type { SupplierOrderChangeEntity } from './supplier-order-change.entity.ts';
import { OrderParty } from './transition.type.ts';

export enum SubstituteStatus {
  PROPOSED = 'PROPOSED',
  ACCEPTED = 'ACCEPTED',
  DECLINED = 'DECLINED',
}
registerEnumType(SubstituteStatus, {
  name: 'SubstituteStatus',
  description: 'How it stands with something that would come in place of what is missing.',
  valuesConfig: {
    PROPOSED: { description: 'Waits for the buyer’s answer.' },
    ACCEPTED: { description: 'Will come.' },
    DECLINED: { description: 'Will not come: the buyer said no, or nothing before it was shipped.' },
  },
});

@ObjectType({ description: 'One step that a supplier’s order took.' })
export class SupplierOrderChange implements Pick<SupplierOrderChangeEntity, 'id' | 'reason' | 'at'> {
  @Field(() => ID, { description: 'Number of the step; later ones have greater numbers.' })
  id!: string;

  @Field(() => OrderParty, { nullable: true, description: 'On whose side whoever took it acted; null if not known.' })
  party!: OrderParty | null;

  @Field(() => String, { nullable: true, description: 'Why, if it was said.' })
  reason!: string | null;

  @Field(() => DateTime, { description: 'When.' })
  at!: Date;

  @Field(() => SupplierOrderStatus, { nullable: true, description: 'The status before; null for the first step.' })
  from?: SupplierOrderStatus | null;

  @Field(() => SupplierOrderStatus, { description: 'The status after.' })
  to?: SupplierOrderStatus;
}

@ObjectType({ description: 'A supplier’s order after a command.' })
export class SupplierOrderPayload {
  @Field(() => SupplierOrder, { nullable: true, description: 'As it is now; null if the command was refused.' })
  supplierOrder!: SupplierOrder | null;

  @Field(() => [UserError], { description: fulfilmentError.description })
  userErrors!: UserError[];
}
