import { Field, ID, InputType, Int } from 'type-graphql';
import { PageField } from './page-field.type.ts';
import type { RenderingName } from './store.entity.ts';
import type { FieldSelector } from './store.rules.ts';
import { StoreRendering } from './store.type.ts';

@InputType({ description: 'A selector for a store, and what of a page it finds.' })
export class StoreSelectorInput implements FieldSelector {
  @Field(() => PageField, { description: 'What it finds.' })
  field!: FieldSelector['field'];

  @Field(() => String, {
    description:
      'How: `css:h1`, `css:img::src`, `attr:img::src`, `json:$.offers.price` (RFC 9535), `xpath://h1`, `regex:…`. At most 1,000 characters.',
  })
  selector!: string;
}

/** How pages of a store are fetched and read: of one that is kept, and of one that is only tried. */
@InputType()
export abstract class StoreReadingInput {
  @Field(() => String, {
    nullable: true,
    description: 'Language tag of its pages (BCP 47), as `en-US` or `en_US`: it says how numbers are written there.',
  })
  locale?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'ISO 4217 code of its prices where a page does not say, as `USD`.',
  })
  currency?: string | null;

  @Field(() => [StoreSelectorInput], {
    nullable: true,
    description: 'All its selectors, at most 60; those of a field are tried in this order.',
  })
  selectors?: StoreSelectorInput[] | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Milliseconds between two requests to one of its hosts, 0 to 3,600,000; null for the installation’s.',
  })
  delayMs?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Requests to one of its hosts at the same time, 1 to 16; null for the installation’s.',
  })
  concurrency?: number | null;

  @Field(() => StoreRendering, { nullable: true, description: 'How its pages are made readable; NONE by default.' })
  rendering?: RenderingName | null;
}

/** What may be said of a store, when it is made and later. */
@InputType()
abstract class StoreProfileInput extends StoreReadingInput {
  @Field(() => String, { nullable: true, description: 'Its front page: an http or https address.' })
  websiteUrl?: string | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'All its domains, at most 50: pages of these hosts and of those below them are its own. A port or path is left off. By default that of `websiteUrl`.',
  })
  domains?: string[] | null;

  @Field(() => String, { nullable: true, description: 'A page to try its selectors on: an http or https address.' })
  testUrl?: string | null;

  @Field(() => String, { nullable: true, description: 'What to remember of it: at most 5,000 characters.' })
  notes?: string | null;
}

@InputType({ description: 'A store to be watched. What is left out takes its default.' })
export class CreateStoreInput extends StoreProfileInput {
  @Field(() => String, { description: 'What to call it: 1 to 100 characters.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Its name in addresses, as `corner-shop`; made of the name by default.',
  })
  slug?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'E-mail address of whose it is, for admins; one’s own by default. Who is not known yet becomes so, and finds the store at their first sign-in.',
  })
  ownerEmail?: string | null;
}

@InputType({ description: 'What is to change of a store; what is left out stays, lists are replaced.' })
export class UpdateStoreInput extends StoreProfileInput {
  @Field(() => ID, { description: 'Its id (UUID).' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'What to call it: 1 to 100 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Its name in addresses, as `corner-shop`.' })
  slug?: string | null;
}

@InputType({ description: 'Which stores to list.' })
export class StoreFilter {
  @Field(() => String, { nullable: true, description: 'What the name contains; case does not matter.' })
  text?: string | null;

  @Field(() => String, { nullable: true, description: 'That with this slug.' })
  slug?: string | null;

  @Field(() => String, { nullable: true, description: 'For admins: those of the person with this e-mail address.' })
  ownerEmail?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'For admins: everybody’s, and not their own alone.' })
  everybodys?: boolean | null;
}

/** What either says of the store’s row. */
export type StoreWish = Omit<UpdateStoreInput, 'id'>;
