import { DateTime } from '@gastronom/shared/scalars';
import { Field, InputType } from 'type-graphql';
import { SupplierOrderStatus } from './supplier-order.type.ts';

@InputType({ description: 'Which suppliers’ orders; what is left out does not matter.' })
export class SupplierOrderFilter {
  @Field(() => [SupplierOrderStatus], { nullable: true, description: 'In one of these states.' })
  statuses?: SupplierOrderStatus[] | null;

  @Field(() => String, { nullable: true, description: 'To be delivered on this day or later, as `2026-11-24`.' })
  deliverFrom?: string | null;

  @Field(() => String, { nullable: true, description: 'To be delivered on this day or earlier, as `2026-11-24`.' })
  deliverTo?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Asked for at this moment or later.' })
  createdFrom?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Asked for before this moment.' })
  createdBefore?: Date | null;
}
