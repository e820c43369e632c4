import { DateTime } from '@gastronom/shared/scalars';
import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { RefreshCircuit } from './refresh-rules.ts';

registerEnumType(RefreshCircuit, {
  name: 'RefreshCircuit',
  description: 'Whether 1C is asked for fresh counts.',
  valuesConfig: {
    CLOSED: { description: 'It is, whenever a read comes upon stale stock.' },
    OPEN: { description: 'It failed too often in a row, and is left alone for a while.' },
    HALF_OPEN: { description: 'It failed too often, and one request alone tries whether it still does.' },
    OFF: { description: 'Never: the product was not told 1C’s address (ONE_C_URL).' },
  },
});

@ObjectType({ description: 'How new the counts of a warehouse are, and how asking 1C for newer ones goes.' })
export class WarehouseFreshness {
  @Field(() => DateTime, {
    nullable: true,
    description: 'The newest moment that 1C has told us of; null before its first word.',
  })
  asOf!: Date | null;

  @Field(() => Boolean, { description: 'Whether that is longer ago than counts are fresh here, or never was.' })
  isStale!: boolean;

  @Field(() => Float, { description: 'For how many minutes a count is fresh here.' })
  lifetimeMinutes!: number;

  @Field(() => DateTime, { nullable: true, description: 'When 1C was last asked; null when it never was.' })
  requestedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When 1C last told us of this warehouse; null before that.' })
  answeredAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Before when 1C is not asked again, after failures or for having been asked just now; null: at any time.',
  })
  nextAttemptAt!: Date | null;

  @Field(() => Int, { description: 'How many requests in a row failed or got no answer in time.' })
  consecutiveFailures!: number;

  @Field(() => String, { nullable: true, description: 'Why the last of them failed; null after an answer.' })
  lastFailure!: string | null;

  @Field(() => RefreshCircuit, { description: 'Whether 1C is asked at all: one circuit breaker for all warehouses.' })
  circuit!: RefreshCircuit;
}
