import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { SupplierEntity } from './supplier.entity.ts';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'Who sells on the marketplace: a supplier’s organization, or the shop itself (the house).' })
export class Supplier implements Pick<SupplierEntity, 'id' | 'isHouse' | 'name' | 'currency' | 'timeZone'> {
  @Field(() => ID, { description: 'Its id (UUID).' })
  id!: string;

  @Field(() => Boolean, { description: 'Whether it is the shop itself, whose offers are the catalogue’s goods.' })
  isHouse!: boolean;

  @Field(() => String, { description: 'The name it trades under.' })
  name!: string;

  @Field(() => String, { description: 'ISO 4217 code of the currency of all its prices, as `RUB`.' })
  currency!: string;

  @Field(() => String, { description: 'IANA time zone of its cut-offs and delivery windows, as `Europe/Stockholm`.' })
  timeZone!: string;
}
