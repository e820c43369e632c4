import { z } from 'zod';

export const roles = ['CUSTOMER', 'RESTAURANT', 'SUPPLIER', 'STAFF', 'ADMIN'] as const;
export type Role = (typeof roles)[number];

export const organizationTypes = ['SHOP', 'RESTAURANT', 'SUPPLIER'] as const;
export type OrganizationType = (typeof organizationTypes)[number];

/** What a member may do in an organisation: all, its members' roles too, or what its members do. */
export const membershipRoles = ['ADMIN', 'MEMBER'] as const;
export type MembershipRole = (typeof membershipRoles)[number];

export const viewerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('anonymous') }),
  z.object({
    kind: z.literal('user'),
    userId: z.string(),
    /** The person's own, or that of the organisation they act for: what rules ask for. */
    role: z.enum(roles),
    /** Clerk's id of the session, `sess_…`. */
    sessionId: z.string().optional(),
    /** The organisation that the person acts for at this moment. */
    organization: z
      .object({ id: z.string(), type: z.enum(organizationTypes), role: z.enum(membershipRoles) })
      .optional(),
  }),
  z.object({ kind: z.literal('service'), keyId: z.string(), name: z.string(), scopes: z.array(z.string()) }),
  z.object({ kind: z.literal('internal'), name: z.string() }),
]);

/**
 * Who asks: nobody known, a signed-in person, a machine with an API key, or a part of the product itself.
 * The gateway finds out once; subgraphs take its word, signed.
 */
export type Viewer = z.infer<typeof viewerSchema>;
export type UserViewer = Extract<Viewer, { kind: 'user' }>;

/** Where a request came from, as the public door saw it. */
export const clientSchema = z.object({ ip: z.string(), userAgent: z.string().optional() });
export type Client = z.infer<typeof clientSchema>;

export const anonymous: Viewer = { kind: 'anonymous' };

/** How the audit trail and the stock ledger name a viewer. */
export function actorOf(viewer: Viewer): string {
  switch (viewer.kind) {
    case 'user':
      return `user:${viewer.userId}`;
    case 'service':
      return `key:${viewer.keyId}`;
    case 'internal':
      return `internal:${viewer.name}`;
    case 'anonymous':
      return 'anonymous';
  }
}

export const requestIdHeader = 'x-request-id';
