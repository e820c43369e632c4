import { connectionOf } from '@gastronom/shared/connection.type';
import { DateTime } from '@gastronom/shared/scalars';
import { UserError } from '@gastronom/shared/user-error.type';
import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { bufferError } from './buffer.errors.ts';
import type { BufferChangeEntity } from './buffer-change.entity.ts';

export enum BufferScopeName {
  GLOBAL = 'GLOBAL',
  CATEGORY = 'CATEGORY',
  PRODUCT = 'PRODUCT',
}
registerEnumType(BufferScopeName, {
  name: 'BufferScope',
  description: 'What a buffer holds for. The narrowest one stands.',
  valuesConfig: {
    GLOBAL: { description: 'Every good without another buffer.' },
    CATEGORY: { description: 'Goods of a category and of those below it that have no buffer of their own.' },
    PRODUCT: { description: 'One good.' },
  },
});

@ObjectType({
  description: 'How much of a good is kept back for the shop’s own shelves and not sold online. For staff.',
})
export class StockBuffer {
  @Field(() => BufferScopeName, { description: 'What it holds for.' })
  scope!: BufferScopeName;

  @Field(() => Float, { description: 'How much is kept back, in the good’s unit, with at most 3 decimals.' })
  quantity!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Who set it, as `user:` and the person’s id; null for a global buffer that comes from the settings.',
  })
  updatedBy!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was set; null for a global buffer that comes from the settings.',
  })
  updatedAt!: Date | null;
}

@ObjectType({ description: 'A page of buffer overrides: categories by id, then products by SKU.' })
export class StockBufferConnection extends connectionOf(StockBuffer, 'StockBuffer') {
  @Field(() => Int, { description: 'How many overrides there are. Counted only when asked for.' })
  totalCount?: number;
}

@ObjectType({ description: 'One change of one buffer. For staff.' })
export class BufferChange implements Pick<BufferChangeEntity, 'id' | 'actor' | 'createdAt'> {
  @Field(() => ID, { description: 'Number of the change; later ones have greater numbers.' })
  id!: string;

  @Field(() => BufferScopeName, { description: 'What the buffer holds for.' })
  scope!: BufferScopeName;

  @Field(() => Float, { nullable: true, description: 'The buffer before; null where none was set.' })
  fromQuantity!: number | null;

  @Field(() => Float, { nullable: true, description: 'The buffer after; null where it was cleared.' })
  toQuantity!: number | null;

  @Field(() => String, { description: 'Who changed it, as `user:` and the person’s id.' })
  actor!: string;

  @Field(() => DateTime, { description: 'When it was changed.' })
  createdAt!: Date;
}

@ObjectType({ description: 'A page of buffer changes, newest first.' })
export class BufferChangeConnection extends connectionOf(BufferChange, 'BufferChange') {
  @Field(() => Int, { description: 'How many changes there are. Counted only when asked for.' })
  totalCount?: number;
}

@ObjectType({ description: 'Every buffer that the shop keeps. For staff.' })
export class BufferSettings {
  @Field(() => StockBuffer, {
    description: 'The buffer of goods that have no other: set by staff, else the setting STOCK_BUFFER_DEFAULT.',
  })
  global!: StockBuffer;
}

@ObjectType({ description: 'A buffer that was set or cleared.' })
export class SetBufferPayload {
  @Field(() => StockBuffer, {
    nullable: true,
    description: 'The buffer as it is now; null when an override was cleared or the input was refused.',
  })
  buffer!: StockBuffer | null;

  @Field(() => [UserError], { description: bufferError.description })
  userErrors!: UserError[];
}
