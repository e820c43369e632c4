import { connectionOf } from '@gastronom/shared/connection.type';
import { DateTime } from '@gastronom/shared/scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { PageAvailability } from '../tracked-url/tracked-url.type.ts';
import type { PricePointEntity } from './price-point.entity.ts';

@ObjectType({
  description:
    'What a page asked at one moment. There is one for each change of price, old price or availability, and one for each day on which the page was read.',
})
export class PricePoint implements Pick<PricePointEntity, 'id' | 'availability' | 'observedAt'> {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => PageAvailability, {
    nullable: true,
    description: 'Whether it could be had; null where the page did not say.',
  })
  availability!: string | null;

  @Field(() => DateTime, { description: 'When the page was read.' })
  observedAt!: Date;
}

@ObjectType({ description: 'A page of price history.' })
export class PricePointConnection extends connectionOf(PricePoint, 'PricePoint') {}
