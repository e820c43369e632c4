import { SameForAll } from '@gastronom/shared/answer-tag.directive';
import { DateTime } from '@gastronom/shared/scalars';
import { Directive, Field, Float, ID, ObjectType, registerEnumType } from 'type-graphql';
import { AvailabilityStatus } from '../availability/availability-status.ts';

registerEnumType(AvailabilityStatus, {
  name: 'AvailabilityStatus',
  description: 'Whether a good can be ordered online.',
  valuesConfig: {
    IN_STOCK: { description: 'More than the shop’s threshold for low stock is available.' },
    LOW_STOCK: { description: 'Something is available, but no more than the threshold (LOW_STOCK_THRESHOLD, 5).' },
    OUT_OF_STOCK: { description: 'Nothing is available online; the shop itself may still have some.' },
  },
});

@SameForAll()
@ObjectType({ description: 'What can be ordered of a good, and how new that knowledge is.' })
export class Availability {
  @Field(() => AvailabilityStatus, { description: 'In a word.' })
  status!: AvailabilityStatus;

  @Field(() => Float, {
    description: 'How much can be ordered, in the good’s unit, with at most 3 decimals. Never below zero.',
  })
  availableOnline!: number;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'The moment that the count speaks of: the oldest over the warehouses that hold the good. Null when 1C has never counted it.',
  })
  asOf!: Date | null;

  @Field(() => Boolean, {
    description:
      'Whether the count is older than the shop takes for fresh (STOCK_FRESH_MINUTES, 15, unless a warehouse has a lifetime of its own), or there is none. Then 1C is asked for a newer one in the background.',
  })
  isStale!: boolean;
}

@Directive('@key(fields: "sku")')
@ObjectType({ description: 'A good, as far as its stock goes.' })
export class Product {
  @Field(() => String, { description: '1C’s nomenclature code. Stock is kept by it.' })
  sku!: string;

  @Directive('@external')
  @Field(() => Boolean, { description: 'Whether the shop sells it at all. The catalogue says so.' })
  isAvailable!: boolean;

  @Directive('@external')
  @Field(() => [ID], { description: 'Ids of its categories, nearest first. The catalogue says so.' })
  categoryPath!: string[];
}
