import { connectionOf } from '@gastronom/shared/connection.type';
import { DateTime } from '@gastronom/shared/scalars';
import { UserError } from '@gastronom/shared/user-error.type';
import type { OrganizationType } from '@gastronom/shared/viewer';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { describeRefusals } from '../refusal-codes.ts';
import type { OrganizationEntity } from './organization.entity.ts';
import { OrganizationKind } from './organization-enums.type.ts';

@Directive('@key(fields: "id")')
@ObjectType({
  description: 'A shop, a restaurant or a supplier. Its members and staff see it; to others it does not exist.',
})
export class Organization
  implements Pick<OrganizationEntity, 'id' | 'type' | 'name' | 'slug' | 'imageUrl' | 'createdAt' | 'updatedAt'>
{
  @Field(() => ID, { description: 'Our own id of it (UUID).' })
  id!: string;

  @Field(() => OrganizationKind, {
    nullable: true,
    description: 'What it does here; null while no admin has said it, and nobody can act for it until then.',
  })
  type!: OrganizationType | null;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Its name in addresses, as Clerk gave it.' })
  slug!: string | null;

  @Field(() => String, { nullable: true, description: 'Address of its picture at Clerk.' })
  imageUrl!: string | null;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When this record last changed.' })
  updatedAt!: Date;
}

@ObjectType({ description: 'A page of organizations, newest first.' })
export class OrganizationConnection extends connectionOf(Organization, 'Organization') {
  @Field(() => Int, { description: 'How many organizations match. Counted only when asked for.' })
  totalCount?: number;
}

@ObjectType({ description: 'An organization that was to be made or changed.' })
export class OrganizationPayload {
  @Field(() => Organization, { nullable: true, description: 'The organization; null when it was refused.' })
  organization!: OrganizationEntity | null;

  @Field(() => [UserError], {
    description: describeRefusals('BAD_NAME', 'NOT_FOUND', 'CLERK_REFUSED', 'QUOTA_EXCEEDED'),
  })
  userErrors!: UserError[];
}
