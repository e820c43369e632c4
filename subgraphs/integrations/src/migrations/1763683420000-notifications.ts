import type { MigrationInterface, QueryRunner } from 'typeorm';

const channels = `
  -- Where people and organisations want to be told.
  CREATE TABLE notification_channels (
    id uuid PRIMARY KEY,
    owner_kind text NOT NULL CHECK (owner_kind IN ('USER', 'ORGANIZATION')),
    owner_id uuid NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    -- Addresses and secrets, sealed. What people are shown of them stands beside.
    target text NOT NULL,
    masked_target text NOT NULL,
    status text NOT NULL CHECK (status IN ('ACTIVE', 'UNCONFIRMED', 'OFF')),
    off_reason text,
    -- For organisations: the kinds of notification, all where it is null, and the language.
    kinds text[],
    language text NOT NULL CHECK (language IN ('EN', 'SV', 'RU')),
    -- Of messages that were given up, how many in a row.
    failures integer NOT NULL DEFAULT 0,
    tested_at timestamptz,
    -- The code that was sent to an address, sealed, and how often another was entered.
    confirmation_code text,
    confirmation_tries integer NOT NULL DEFAULT 0,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((status = 'OFF') = (off_reason IS NOT NULL))
  );
  CREATE INDEX notification_channels_by_owner ON notification_channels (owner_id, owner_kind, created_at DESC, id DESC);
`;

const notifications = `
  -- What somebody is told, once for each happening: the inbox of a person, and what an organisation's channels got.
  CREATE TABLE notifications (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id uuid NOT NULL,
    kind text NOT NULL,
    -- What it is about, where one event tells somebody of several things.
    subject_id text NOT NULL,
    recipient_kind text NOT NULL CHECK (recipient_kind IN ('USER', 'ORGANIZATION')),
    recipient_id uuid NOT NULL,
    language text NOT NULL,
    urgent boolean NOT NULL,
    -- What the texts are made of.
    params jsonb NOT NULL,
    occurred_at timestamptz(3) NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    read_at timestamptz(3),
    UNIQUE (event_id, kind, subject_id, recipient_kind, recipient_id)
  );
  CREATE INDEX notifications_of_recipient ON notifications (recipient_id, recipient_kind, id DESC);
  CREATE INDEX notifications_unread ON notifications (recipient_id, recipient_kind) WHERE read_at IS NULL;
  CREATE INDEX notifications_by_age ON notifications (created_at);

  -- One for each channel that a notification goes out on.
  CREATE TABLE notification_deliveries (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    notification_id bigint NOT NULL REFERENCES notifications ON DELETE CASCADE,
    -- Null: the e-mail address of the person's account.
    channel_id uuid REFERENCES notification_channels ON DELETE CASCADE,
    -- What goes out one after another.
    lane text NOT NULL,
    status text NOT NULL DEFAULT 'PENDING' CHECK (status IN ('PENDING', 'SENT', 'FAILED', 'SKIPPED')),
    due_at timestamptz NOT NULL,
    -- Waited for quiet hours or a digest, and goes out together with what waited too.
    bundled boolean NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    UNIQUE NULLS NOT DISTINCT (notification_id, channel_id)
  );
  CREATE INDEX notification_deliveries_pending ON notification_deliveries (lane, due_at) WHERE status = 'PENDING';
  CREATE INDEX notification_deliveries_of_channel ON notification_deliveries (channel_id);

  CREATE TABLE notification_lanes (
    lane text PRIMARY KEY,
    -- While somebody sends on it; a process that dies leaves it to run out.
    busy_until timestamptz,
    -- A service that asked for patience, or did not answer, is left alone until then.
    paused_until timestamptz,
    failures integer NOT NULL DEFAULT 0
  );

  -- Each try, for those whose channel it is.
  CREATE TABLE notification_attempts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    channel_id uuid REFERENCES notification_channels ON DELETE CASCADE,
    lane text NOT NULL,
    -- What was sent, the first of several.
    notification_id bigint REFERENCES notifications ON DELETE CASCADE,
    purpose text NOT NULL CHECK (purpose IN ('NOTIFICATION', 'DIGEST', 'TEST', 'CONFIRMATION')),
    outcome text NOT NULL CHECK (outcome IN ('SENT', 'RETRY', 'FAILED', 'SWITCHED_OFF')),
    messages integer NOT NULL,
    error text,
    retry_at timestamptz,
    took_ms integer NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now()
  );
  CREATE INDEX notification_attempts_of_channel ON notification_attempts (channel_id, id DESC);
  CREATE INDEX notification_attempts_by_age ON notification_attempts (created_at);
`;

/** When somebody is to be told what is not urgent: at their next digest, and not in their quiet hours. */
const due = `
  CREATE FUNCTION notification_due(
    moment timestamptz, zone text, quiet_from time, quiet_to time, digest text, digest_at time
  ) RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
  DECLARE
    here timestamp := moment AT TIME ZONE zone;
    due timestamp := here;
  BEGIN
    IF digest = 'HOURLY' THEN
      due := date_trunc('hour', here) + interval '1 hour';
    ELSIF digest = 'DAILY' THEN
      due := here::date + digest_at;
      IF due <= here THEN due := due + interval '1 day'; END IF;
    END IF;
    IF quiet_from < quiet_to AND due::time >= quiet_from AND due::time < quiet_to
      OR quiet_from > quiet_to AND (due::time >= quiet_from OR due::time < quiet_to) THEN
      due := due::date + quiet_to + CASE WHEN due::time >= quiet_to THEN interval '1 day' ELSE interval '0' END;
    END IF;
    IF due = here THEN RETURN moment; END IF;
    RETURN greatest(due AT TIME ZONE zone, moment);
  END $$;
`;

export class Notifications1763683420000 implements MigrationInterface {
  name = 'Notifications1763683420000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [channels, notifications, due]) await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
