import { createUnionType, Directive, Field, ID, ObjectType } from 'type-graphql';
import type { BuyerKind } from '../order/buyer.ts';

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ description: 'A person, as far as orders name them.' })
export class User {
  @Field(() => ID, { description: 'Their id (UUID).' })
  id!: string;
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ description: 'An organization, as far as orders name it.' })
export class Organization {
  @Field(() => ID, { description: 'Its id (UUID).' })
  id!: string;
}

export const Buyer = createUnionType({
  name: 'Buyer',
  description: 'Who buys: a restaurant, whose members share cart and orders, or a person by themselves.',
  types: () => [User, Organization] as const,
  resolveType: (value: User | Organization) => (value as BuyerReference).__typename,
});

export interface BuyerReference {
  readonly __typename: 'User' | 'Organization';
  readonly id: string;
}

export const buyerReference = (kind: BuyerKind, id: string): BuyerReference => ({
  __typename: kind === 'USER' ? 'User' : 'Organization',
  id,
});

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ description: 'A supplier, as far as orders name it.' })
export class Supplier {
  @Field(() => ID, { description: 'Its id (UUID).' })
  id!: string;
}
