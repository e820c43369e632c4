import { connectionOf } from '@gastronom/shared/connection.type';
import { DateTime } from '@gastronom/shared/scalars';
import { UserError } from '@gastronom/shared/user-error.type';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { WarehouseEntity } from './warehouse.entity.ts';
import { warehouseError } from './warehouse.errors.ts';

@ObjectType({ description: 'A place of the shop where goods lie, as 1C knows it. For staff.' })
export class Warehouse implements Omit<WarehouseEntity, 'completeSource'> {
  @Field(() => ID, { description: 'Our own number of the warehouse.' })
  id!: string;

  @Field(() => String, { description: 'What people call it.' })
  name!: string;

  @Field(() => String, {
    description:
      'What 1C calls it, as `001` or a GUID. `1` and `000000001` name the same one, unless two differ by zeros alone.',
  })
  externalId!: string;

  @Field(() => String, { nullable: true, description: 'Where it stands; null when nobody has said.' })
  address!: string | null;

  @Field(() => Boolean, { description: 'Whether a sync that names no warehouse means this one. Exactly one is.' })
  isDefault!: boolean;

  @Field(() => DateTime, {
    nullable: true,
    description: 'The moment that the last finished snapshot speaks of; null before the first.',
  })
  completeAsOf!: Date | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'For how many minutes a count is fresh here, where that is not the shop’s usual time (STOCK_FRESH_MINUTES, 15); else null.',
  })
  freshMinutes!: string | null;

  @Field(() => DateTime, { description: 'When it was first named here.' })
  createdAt!: Date;
}

@ObjectType({ description: 'What lies in a warehouse, counted.' })
export class WarehouseSummary {
  @Field(() => Int, { description: 'Goods with a stock row here, at zero too.' })
  goods!: number;

  @Field(() => Int, { description: 'Goods with more than zero.' })
  inStock!: number;

  @Field(() => Int, { description: 'Goods below zero: 1C sold more than it had counted in. They count as none.' })
  negative!: number;

  @Field(() => Int, { description: 'Stock of SKUs that the catalogue does not know yet.' })
  parked!: number;

  @Field(() => DateTime, {
    nullable: true,
    description: 'The newest moment that 1C has told us of; null before its first word.',
  })
  asOf!: Date | null;
}

@ObjectType({ description: 'A page of warehouses, oldest first.' })
export class WarehouseConnection extends connectionOf(Warehouse, 'Warehouse') {
  @Field(() => Int, { description: 'How many warehouses there are. Counted only when asked for.' })
  totalCount?: number;
}

@ObjectType({ description: 'A warehouse that was made or changed.' })
export class WarehousePayload {
  @Field(() => Warehouse, {
    nullable: true,
    description: 'The warehouse as it is now; null when the input was refused.',
  })
  warehouse!: WarehouseEntity | null;

  @Field(() => [UserError], { description: warehouseError.description })
  userErrors!: UserError[];
}
