import { registerEnumType } from 'type-graphql';

export enum OrganizationKind {
  SHOP = 'SHOP',
  RESTAURANT = 'RESTAURANT',
  SUPPLIER = 'SUPPLIER',
}
registerEnumType(OrganizationKind, {
  name: 'OrganizationType',
  description: 'What an organization does here.',
  valuesConfig: {
    SHOP: { description: 'Runs the shop.' },
    RESTAURANT: { description: 'Buys from suppliers.' },
    SUPPLIER: { description: 'Sells to restaurants.' },
  },
});

export enum OrganizationRole {
  ADMIN = 'ADMIN',
  MEMBER = 'MEMBER',
}
registerEnumType(OrganizationRole, {
  name: 'MembershipRole',
  description: 'What a member may do in an organization.',
  valuesConfig: {
    ADMIN: { description: 'All that members may, and decides who they are.' },
    MEMBER: { description: 'Acts for the organization.' },
  },
});
