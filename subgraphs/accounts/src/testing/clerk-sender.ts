import { createHmac, randomBytes } from 'node:crypto';

/** Stands for Clerk where it sends webhooks: makes events as its documentation shows them, and signs them. */
export class ClerkSender {
  readonly secret: string;
  #number = 0;

  constructor(secret = `whsec_${randomBytes(24).toString('base64')}`) {
    this.secret = secret;
  }

  /** Headers for a body; `at` in seconds. */
  sign(body: string, id = this.nextId(), at = Math.floor(Date.now() / 1000)): Record<string, string> {
    const key = Buffer.from(this.secret.slice('whsec_'.length), 'base64');
    const signature = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64');
    return {
      'content-type': 'application/json',
      'svix-id': id,
      'svix-timestamp': String(at),
      'svix-signature': `v1,${signature}`,
    };
  }

  nextId(): string {
    this.#number += 1;
    return `msg_2Gastronom${String(this.#number).padStart(6, '0')}`;
  }

  static event(type: string, data: Record<string, unknown>, timestamp = Date.now()): string {
    return JSON.stringify({ data, instance_id: 'ins_2Gastronom', object: 'event', timestamp, type });
  }

  static user(id: string, updatedAt: number, changes: Record<string, unknown> = {}): Record<string, unknown> {
    return {
      id,
      object: 'user',
      first_name: 'Olga',
      last_name: 'Orlova',
      username: null,
      primary_email_address_id: 'idn_1',
      email_addresses: [
        { id: 'idn_0', object: 'email_address', email_address: 'old@example.com' },
        { id: 'idn_1', object: 'email_address', email_address: `${id}@example.com` },
      ],
      public_metadata: {},
      banned: false,
      locked: false,
      created_at: 1_780_000_000_000,
      updated_at: updatedAt,
      ...changes,
    };
  }

  static organization(id: string, updatedAt: number, changes: Record<string, unknown> = {}): Record<string, unknown> {
    return {
      id,
      object: 'organization',
      name: `Kitchen of ${id}`,
      slug: id.toLowerCase(),
      image_url: 'https://img.clerk.example/kitchen.png',
      public_metadata: { type: 'RESTAURANT' },
      created_at: 1_780_000_000_000,
      updated_at: updatedAt,
      ...changes,
    };
  }

  static membership(
    { id, user, role = 'org:admin' }: { id: string; user: string; role?: string },
    organization: Record<string, unknown>,
    updatedAt: number,
  ): Record<string, unknown> {
    return {
      id,
      object: 'organization_membership',
      role,
      permissions: [],
      public_metadata: {},
      organization,
      public_user_data: { user_id: user, identifier: `${user}@example.com`, first_name: 'Olga', last_name: 'Orlova' },
      created_at: 1_780_000_000_000,
      updated_at: updatedAt,
    };
  }

  static invitation(
    id: string,
    organizationId: string,
    updatedAt: number,
    status = 'pending',
  ): Record<string, unknown> {
    return {
      id,
      object: 'organization_invitation',
      email_address: 'Guest@Example.com',
      role: 'org:member',
      organization_id: organizationId,
      public_organization_data: { id: organizationId, name: 'Kitchen', slug: 'kitchen' },
      status,
      created_at: 1_780_000_000_000,
      updated_at: updatedAt,
    };
  }

  static session(id: string, userId: string, status = 'ended'): Record<string, unknown> {
    return { id, object: 'session', user_id: userId, client_id: 'client_1', status, updated_at: Date.now() };
  }

  static deleted(id: string, object: string): Record<string, unknown> {
    return { id, object, deleted: true };
  }
}
