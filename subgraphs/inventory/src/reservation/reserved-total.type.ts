import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { ReservedDrift as Drift, ReservedCheck } from './reserved-total.repository.ts';

@ObjectType({ description: 'A reserved total that was not the sum of the reservations of its good. For admins.' })
export class ReservedDrift implements Drift {
  @Field(() => String, { description: '1C’s nomenclature code of the good.' })
  sku!: string;

  @Field(() => Float, { description: 'The total before, in the good’s unit.' })
  recorded!: string;

  @Field(() => Float, { description: 'What its reservations add up to, which the total is now.' })
  actual!: string;
}

@ObjectType({ description: 'What the repair of reserved totals found. For admins.' })
export class RepairReservedTotalsPayload implements ReservedCheck {
  @Field(() => Int, { description: 'How many goods were looked at: all that are or were reserved.' })
  checked!: number;

  @Field(() => [ReservedDrift], { description: 'Totals that had drifted and were put right, by SKU; mostly none.' })
  drifts!: ReservedDrift[];
}
