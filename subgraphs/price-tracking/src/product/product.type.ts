import { Directive, Field, ObjectType } from 'type-graphql';

@Directive('@key(fields: "sku")')
@ObjectType({ description: 'A good of the catalogue, as far as its price is watched elsewhere.' })
export class Product {
  @Field(() => String, { description: '1C’s nomenclature code. Tracked products point at goods by it.' })
  sku!: string;
}
