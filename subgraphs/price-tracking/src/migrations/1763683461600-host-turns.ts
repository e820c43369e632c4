import type { MigrationInterface, QueryRunner } from 'typeorm';

const hostTurns = `
  -- When a host may be asked next, by any process. It may be lost in a crash: nobody asked for a while then.
  CREATE UNLOGGED TABLE host_turns (
    -- In lower case, with its port where it has one.
    host text PRIMARY KEY CHECK (host <> ''),
    next_at timestamptz(3) NOT NULL
  ) WITH (fillfactor = 50);`;

export class HostTurns1763683461600 implements MigrationInterface {
  name = 'HostTurns1763683461600';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(hostTurns);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
