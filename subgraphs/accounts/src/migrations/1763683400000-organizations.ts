import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Organisations, who belongs to them, and sessions. `clerk_updated_at` is Clerk's clock of what a row says: what comes
 * late from Clerk is recognised by it. Rows that ended stay, so that a late event does not bring them back.
 */
export class Organizations1763683400000 implements MigrationInterface {
  name = 'Organizations1763683400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE users
        ADD COLUMN banned_at timestamptz,
        ADD COLUMN deleted_at timestamptz,
        ADD COLUMN clerk_updated_at timestamptz,
        -- To the millisecond, as cursors carry it.
        ALTER COLUMN created_at TYPE timestamptz(3)`);
    await runner.query('CREATE INDEX users_newest ON users (created_at DESC, id DESC)');
    await runner.query('CREATE INDEX users_email ON users (lower(email))');
    await runner.query(`CREATE INDEX users_admins ON users (id) WHERE role = 'ADMIN'`);
    await runner.query(`
      CREATE TABLE organizations (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        clerk_organization_id text UNIQUE,
        -- Null while nobody has said what it is: nobody can act for it then.
        type text CHECK (type IN ('SHOP', 'RESTAURANT', 'SUPPLIER')),
        name text NOT NULL,
        slug text,
        image_url text,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        deleted_at timestamptz,
        clerk_updated_at timestamptz
      )`);
    await runner.query('CREATE INDEX organizations_newest ON organizations (created_at DESC, id DESC)');
    await runner.query('CREATE INDEX organizations_name ON organizations USING gin (name extensions.gin_trgm_ops)');
    await runner.query(`
      CREATE TABLE memberships (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        user_id uuid NOT NULL REFERENCES users,
        organization_id uuid NOT NULL REFERENCES organizations,
        role text NOT NULL CHECK (role IN ('ADMIN', 'MEMBER')),
        -- As Clerk names it, org:admin: of several such roles one of ours is made.
        clerk_role text,
        clerk_membership_id text,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        ended_at timestamptz,
        clerk_updated_at timestamptz,
        UNIQUE (user_id, organization_id)
      )`);
    await runner.query('CREATE INDEX memberships_of_organization ON memberships (organization_id, created_at, id)');
    await runner.query(`
      CREATE TABLE sessions (
        -- Clerk's, sess_…
        id text PRIMARY KEY,
        -- Null for a session that ended before its person was first seen.
        user_id uuid REFERENCES users,
        -- The organisation, by Clerk's id, that the session's tokens name.
        named_organization text,
        -- When the person chose by switchOrganization, and whom to act for: nobody but themselves where it is null.
        switched_at timestamptz,
        organization_id uuid REFERENCES organizations,
        created_at timestamptz NOT NULL DEFAULT now(),
        ended_at timestamptz
      )`);
    await runner.query('CREATE INDEX sessions_of_user ON sessions (user_id)');
    await runner.query(`
      CREATE TABLE invitations (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        organization_id uuid NOT NULL REFERENCES organizations,
        email text NOT NULL CHECK (email = lower(email)),
        role text NOT NULL CHECK (role IN ('ADMIN', 'MEMBER')),
        status text NOT NULL CHECK (status IN ('PENDING', 'ACCEPTED', 'REVOKED', 'EXPIRED')),
        clerk_invitation_id text UNIQUE,
        invited_by_user_id uuid REFERENCES users,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        clerk_updated_at timestamptz
      )`);
    await runner.query('CREATE INDEX invitations_newest ON invitations (organization_id, created_at DESC, id DESC)');
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
