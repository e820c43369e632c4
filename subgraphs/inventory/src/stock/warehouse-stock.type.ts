import { DateTime } from '@gastronom/shared/scalars';
import { Field, Float, ID, ObjectType } from 'type-graphql';
import { Warehouse } from '../warehouse/warehouse.type.ts';

@ObjectType({ description: 'How much of a good lies in one warehouse, as 1C said last. For staff.' })
export class WarehouseStock {
  @Field(() => ID, { description: 'Our own number of this stock row.' })
  id!: string;

  @Field(() => Warehouse, { description: 'Where it lies.' })
  warehouse!: Warehouse;

  @Field(() => Float, {
    description:
      'How much, in the good’s unit, with at most 3 decimals. Below zero where 1C sold more than it had counted in; that counts as none.',
  })
  quantity!: number;

  @Field(() => Boolean, { description: 'Whether the catalogue did not know the SKU when this came.' })
  parked!: boolean;

  @Field(() => DateTime, {
    description: 'The moment that this quantity speaks of: its last confirmation, or the last finished snapshot.',
  })
  asOf!: Date;

  @Field(() => DateTime, { description: 'When 1C was first seen to hold this quantity.' })
  observedAt!: Date;

  @Field(() => DateTime, { description: 'When this row was last written here.' })
  updatedAt!: Date;

  @Field(() => String, { description: 'Which scraper or service said so, as the sync named itself.' })
  source!: string;

  @Field(() => ID, { description: 'The sync run that brought this quantity (UUID).' })
  runId!: string;
}
