import { connectionOf } from '@gastronom/shared/connection.type';
import { DateTime } from '@gastronom/shared/scalars';
import { UserError } from '@gastronom/shared/user-error.type';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PageField } from './page-field.type.ts';
import type { RenderingName, StoreEntity } from './store.entity.ts';
import { storeError } from './store.errors.ts';
import type { FieldSelector } from './store.rules.ts';

export enum StoreRendering {
  NONE = 'NONE',
  SERVICE = 'SERVICE',
  BROWSER = 'BROWSER',
}
registerEnumType(StoreRendering, {
  name: 'StoreRendering',
  description: 'How pages of a store are made readable before they are read.',
  valuesConfig: {
    NONE: { description: 'They are read as the server sends them.' },
    SERVICE: { description: 'By the rendering service of the installation, where there is one.' },
    BROWSER: { description: 'By the product’s own headless browser, where there is one.' },
  },
});

@ObjectType({ description: 'A selector of a store, and what of a page it finds.' })
export class StoreSelector implements FieldSelector {
  @Field(() => PageField, { description: 'What it finds.' })
  field!: FieldSelector['field'];

  @Field(() => String, {
    description:
      'How: `css:h1`, `css:img::src`, `attr:img::src`, `json:$.offers.price` (RFC 9535), `xpath://h1`, `regex:…`.',
  })
  selector!: string;
}

@Directive('@key(fields: "id")')
@ObjectType({
  description: 'A shop that somebody watches, and how its pages are read. Others than its owner do not see it.',
})
export class Store implements Omit<StoreEntity, 'ownerId' | 'selectors'> {
  @Field(() => ID, { description: 'Its id (UUID).' })
  id!: string;

  @Field(() => String, { description: 'What its owner calls it.' })
  name!: string;

  @Field(() => String, { description: 'Its name in addresses: no two stores of an owner have the same.' })
  slug!: string;

  @Field(() => String, { nullable: true, description: 'Its front page.' })
  websiteUrl!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Language tag of its pages (BCP 47), as `en-US`: it says how numbers are written there.',
  })
  locale!: string | null;

  @Field(() => String, { nullable: true, description: 'ISO 4217 code of its prices where a page does not say.' })
  currency!: string | null;

  @Field(() => String, { nullable: true, description: 'A page to try its selectors on.' })
  testUrl!: string | null;

  @Field(() => String, { nullable: true, description: 'What its owner wants to remember of it.' })
  notes!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Milliseconds between two requests to one of its hosts; null for the installation’s.',
  })
  delayMs!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Requests to one of its hosts at the same time; null for the installation’s.',
  })
  concurrency!: number | null;

  @Field(() => StoreRendering, { description: 'How its pages are made readable before they are read.' })
  rendering!: RenderingName;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it last changed.' })
  updatedAt!: Date;
}

@ObjectType({ description: 'A page of stores, by name.' })
export class StoreConnection extends connectionOf(Store, 'Store') {
  @Field(() => Int, { description: 'How many stores match. Counted only when asked for.' })
  totalCount?: number;
}

@ObjectType({ description: 'What became of a store.' })
export class StorePayload {
  @Field(() => Store, { nullable: true, description: 'The store; null when the input was refused.' })
  store!: StoreEntity | null;

  @Field(() => [UserError], { description: storeError.description })
  userErrors!: readonly UserError[];
}

@ObjectType({ description: 'What became of a store that was to be deleted.' })
export class DeleteStorePayload {
  @Field(() => ID, { nullable: true, description: 'Id of the store that is no more; null when it was refused.' })
  deletedStoreId!: string | null;

  @Field(() => [UserError], { description: storeError.description })
  userErrors!: readonly UserError[];
}
