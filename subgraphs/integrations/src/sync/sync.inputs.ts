import { DateTime } from '@gastronom/shared/scalars';
import { Field, ID, InputType } from 'type-graphql';
import type { RawCall } from './sync-call.ts';
import { CategorySyncItem, ProductSyncItem, StockSyncItem, WarehouseSyncItem } from './sync-item.inputs.ts';

const sourceText =
  'The feed that the rows come from, as `1c-main`: 1 to 64 letters, digits and `_ . -`, in either case. A snapshot hides and zeroes only what its own source brought.';
const runText = 'The run of `startSync` that the batch belongs to. Left out: the call is a DELTA run by itself.';
const keyText =
  '1 to 200 characters that stand for this call: sent again, it gets its first answer again. With other content: IDEMPOTENCY_KEY_REUSED. Without a key the same content counts as the same call while nothing newer touched its goods (and, if it has no `observedAt`, for a few minutes).';
const observedText =
  'When the source was read, to the millisecond. Rows observed earlier than what is stored are STALE. By default the time of receipt; more than five minutes in the future is refused.';
const itemsText = 'The rows, at most 1,000: more are refused with BAD_USER_INPUT.';

@InputType({ description: 'Goods as 1C has them.' })
export class SyncProductsInput implements RawCall {
  @Field(() => String, { description: sourceText })
  source!: string;

  @Field(() => ID, { nullable: true, description: runText })
  runId?: string | null;

  @Field(() => String, { nullable: true, description: keyText })
  idempotencyKey?: string | null;

  @Field(() => DateTime, { nullable: true, description: observedText })
  observedAt?: Date | null;

  @Field(() => [ProductSyncItem], { description: itemsText })
  items!: ProductSyncItem[];
}

@InputType({ description: 'Counts of goods in one warehouse.' })
export class SyncStocksInput implements RawCall {
  @Field(() => String, { description: sourceText })
  source!: string;

  @Field(() => String, {
    description:
      '1C’s id of the warehouse: `1`, `001` and `000000001` are one. A blank one means the run’s, else the default. Unknown: every row is rejected with UNKNOWN_WAREHOUSE.',
  })
  warehouse!: string;

  @Field(() => ID, { nullable: true, description: runText })
  runId?: string | null;

  @Field(() => String, { nullable: true, description: keyText })
  idempotencyKey?: string | null;

  @Field(() => DateTime, { nullable: true, description: observedText })
  observedAt?: Date | null;

  @Field(() => [StockSyncItem], { description: itemsText })
  items!: StockSyncItem[];
}

@InputType({ description: 'Groups of goods as 1C has them.' })
export class SyncCategoriesInput implements RawCall {
  @Field(() => String, { description: sourceText })
  source!: string;

  @Field(() => ID, { nullable: true, description: runText })
  runId?: string | null;

  @Field(() => String, { nullable: true, description: keyText })
  idempotencyKey?: string | null;

  @Field(() => DateTime, { nullable: true, description: observedText })
  observedAt?: Date | null;

  @Field(() => [CategorySyncItem], { description: itemsText })
  items!: CategorySyncItem[];
}

@InputType({ description: 'Warehouses that an export names.' })
export class SyncWarehousesInput implements RawCall {
  @Field(() => String, { description: sourceText })
  source!: string;

  @Field(() => [WarehouseSyncItem], { description: itemsText })
  items!: WarehouseSyncItem[];
}
