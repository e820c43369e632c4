import { UserError } from '@gastronom/shared/user-error.type';
import { describeCodes } from '@gastronom/shared/user-error-codes';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type OfferRowError, offerRowCodes, upsertError } from './offer-row.errors.ts';
import type { Outcome } from './plan-offer.ts';

export enum OfferOutcome {
  CREATED = 'CREATED',
  UPDATED = 'UPDATED',
  UNCHANGED = 'UNCHANGED',
  STALE = 'STALE',
  REJECTED = 'REJECTED',
}
registerEnumType(OfferOutcome, {
  name: 'OfferOutcome',
  description: 'What became of a row.',
  valuesConfig: {
    CREATED: { description: 'A new offer was made of it.' },
    UPDATED: { description: 'It changed the offer or its list prices.' },
    UNCHANGED: { description: 'It said what was known: nothing was written.' },
    STALE: {
      description: 'A batch that was read later from its source spoke of the offer already: nothing was written.',
    },
    REJECTED: { description: 'It was not taken: `errors` says why.' },
  },
});

@ObjectType({ description: 'What is wrong with a row.' })
export class OfferItemError implements OfferRowError {
  @Field(() => String, { description: describeCodes('Stable code to act on', offerRowCodes) })
  code!: OfferRowError['code'];

  @Field(() => String, {
    nullable: true,
    description: 'The input field, as `packSize`; null when the whole row is meant.',
  })
  field!: string | null;

  @Field(() => String, { description: 'What is wrong and what to do, for people.' })
  message!: string;
}

/** What became of one row, as it is stored with its batch. */
export interface OfferRowResult {
  readonly index: number;
  readonly line: number | null;
  readonly supplierSku: string;
  readonly offerId: string | null;
  readonly outcome: Outcome;
  readonly errors: readonly OfferRowError[];
}

@ObjectType({ description: 'What became of one row.' })
export class OfferItemResult implements OfferRowResult {
  @Field(() => Int, { description: 'The row’s place, from 0.' })
  index!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'The line of the file at which it begins; null for rows that came in no file.',
  })
  line!: number | null;

  @Field(() => String, { description: 'The supplier’s code, as it came.' })
  supplierSku!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The offer; null where there is none, and in a dry run of new ones.',
  })
  offerId!: string | null;

  @Field(() => OfferOutcome, { description: 'What became of it.' })
  outcome!: Outcome;

  @Field(() => [OfferItemError], { description: 'What is wrong with it, all at once; empty unless REJECTED.' })
  errors!: readonly OfferRowError[];
}

@ObjectType({ description: 'The answer to a batch of offers.' })
export class UpsertOffersPayload {
  @Field(() => Boolean, {
    description: 'Whether the same call came before: this is the first answer again, and nothing was written.',
  })
  replayed!: boolean;

  @Field(() => Int, { description: 'Offers that were made.' })
  created!: number;

  @Field(() => Int, { description: 'Offers that were changed.' })
  updated!: number;

  @Field(() => Int, { description: 'Offers that were as the rows say.' })
  unchanged!: number;

  @Field(() => Int, { description: 'Offers that a later batch spoke of already.' })
  stale!: number;

  @Field(() => Int, { description: 'Rows that were not taken.' })
  rejected!: number;

  @Field(() => [OfferItemResult], { description: 'What became of each row, in their order.' })
  results!: readonly OfferRowResult[];

  @Field(() => [UserError], { description: upsertError.description })
  userErrors!: readonly UserError[];
}
