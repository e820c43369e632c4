import { Field, Float, ID, InputType, Int } from 'type-graphql';
import { TargetPriceInput } from '../tracked-product/tracked-product.inputs.ts';
import type { PriceAlertKindName, PriceAlertScopeName } from './price-alert.entity.ts';
import { PriceAlertKind, PriceAlertScope } from './price-alert.type.ts';

@InputType()
abstract class PriceAlertDetailsInput {
  @Field(() => PriceAlertScope, { nullable: true, description: 'Which pages it looks at; all of them by default.' })
  scope?: PriceAlertScopeName | null;

  @Field(() => TargetPriceInput, {
    nullable: true,
    description: 'Of `BELOW_TARGET`: a target of its own; null for the product’s.',
  })
  targetPrice?: TargetPriceInput | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Of `DROP_PERCENT`: by how many per cent, above 0 up to 100 with at most 2 decimals.',
  })
  dropPercent?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Of `LOWEST_IN_DAYS` and `DROP_PERCENT`: how many days it looks back, 1 to 365.',
  })
  days?: number | null;
}

@InputType({ description: 'An alert of a tracked product.' })
export class CreatePriceAlertInput extends PriceAlertDetailsInput {
  @Field(() => ID, { description: 'The tracked product (UUID).' })
  productId!: string;

  @Field(() => PriceAlertKind, { description: 'When it is raised.' })
  kind!: PriceAlertKindName;
}

@InputType({ description: 'What is to be otherwise with an alert: what is left out stays. It begins anew.' })
export class UpdatePriceAlertInput extends PriceAlertDetailsInput {
  @Field(() => ID, { description: 'The alert (UUID).' })
  id!: string;

  @Field(() => Boolean, { nullable: true, description: 'Whether it is on.' })
  isEnabled?: boolean | null;
}
