import type { SubgraphDatabase } from '@gastronom/shared/database/subgraph-database';
import { AuditEntryEntity } from './audit/audit-entry.entity.ts';
import { ClerkDeliveryEntity } from './clerk/clerk-delivery.entity.ts';
import { InvitationEntity } from './invitation/invitation.entity.ts';
import { MembershipEntity } from './membership/membership.entity.ts';
import { Accounts1763683200000 } from './migrations/1763683200000-accounts.ts';
import { Organizations1763683400000 } from './migrations/1763683400000-organizations.ts';
import { ClerkDeliveries1763683401000 } from './migrations/1763683401000-clerk-deliveries.ts';
import { FirstSignIn1763683401001 } from './migrations/1763683401001-first-sign-in.ts';
import { AuditLog1763683402000 } from './migrations/1763683402000-audit-log.ts';
import { ServiceKeyRotation1763683403000 } from './migrations/1763683403000-service-key-rotation.ts';
import { NotificationSettings1763683430000 } from './migrations/1763683430000-notification-settings.ts';
import { NotificationSettingsEntity } from './notification-settings/notification-settings.entity.ts';
import { OrganizationEntity } from './organization/organization.entity.ts';
import { ServiceKeyEntity } from './service-key/service-key.entity.ts';
import { SessionEntity } from './session/session.entity.ts';
import { UserEntity } from './user/user.entity.ts';

export const accountsDatabase: SubgraphDatabase = {
  name: 'accounts',
  entities: [
    UserEntity,
    OrganizationEntity,
    MembershipEntity,
    SessionEntity,
    InvitationEntity,
    ServiceKeyEntity,
    AuditEntryEntity,
    ClerkDeliveryEntity,
    NotificationSettingsEntity,
  ],
  migrations: [
    Accounts1763683200000,
    Organizations1763683400000,
    ClerkDeliveries1763683401000,
    FirstSignIn1763683401001,
    AuditLog1763683402000,
    ServiceKeyRotation1763683403000,
    NotificationSettings1763683430000,
  ],
};
