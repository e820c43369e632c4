import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ description: 'A person, as accounts knows them.' })
export class User {
  @Field(() => ID, { description: 'Our own id of the person (UUID).' })
  id!: string;
}
