import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ description: 'What a supplier offers, as far as orders name it.' })
export class Offer {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;
}

@Directive('@key(fields: "sku", resolvable: false)')
@ObjectType({ description: 'A good, as far as orders name it.' })
export class Product {
  @Field(() => String, { description: '1C’s nomenclature code.' })
  sku!: string;
}
