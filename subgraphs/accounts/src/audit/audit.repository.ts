import type { AuditRecord } from '@gastronom/shared/audit';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { AuditEntryEntity } from './audit-entry.entity.ts';
import { auditText } from './audit-text.sql.ts';

export interface AuditFilter {
  readonly actor?: string | null;
  readonly action?: string | null;
  readonly subjectType?: string | null;
  readonly subjectId?: string | null;
  readonly ip?: string | null;
  readonly from?: Date | null;
  readonly to?: Date | null;
}

const conditions: Readonly<Record<keyof AuditFilter, string>> = {
  actor: 'entry.actor = :actor',
  action: 'entry.action = :action',
  subjectType: 'entry.subjectType = :subjectType',
  subjectId: 'entry.subjectId = :subjectId',
  ip: 'entry.ip = :ip',
  from: 'entry.occurredAt >= :from',
  to: 'entry.occurredAt < :to',
};

export class AuditRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Appends acts in the order in which they happened, as far as they came together. One that stands here is left out. */
  async insertMany(records: readonly AuditRecord[]): Promise<void> {
    await this.#manager.query(
      `INSERT INTO audit_entries
         (id, occurred_at, actor, ip, user_agent, request_id, action, subject_type, subject_id, before, after)
       SELECT (act->>'id')::uuid, (act->>'occurredAt')::timestamptz, act->>'actor',
         act#>>'{client,ip}', act#>>'{client,userAgent}', act->>'requestId', act->>'action',
         act#>>'{subject,type}', act#>>'{subject,id}',
         nullif(act->'before', 'null'), nullif(act->'after', 'null')
       FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS given(act, place)
       ORDER BY (act->>'occurredAt')::timestamptz, place`,
      [JSON.stringify(records)],
    );
  }

  /** Newest first, from before the entry at the cursor. */
  list(filter: AuditFilter, size: number, before?: string): Promise<AuditEntryEntity[]> {
    const query = this.#filtered(filter).orderBy('entry.seq', 'DESC').take(size);
    if (before) query.andWhere('entry.seq < :before::bigint', { before });
    return query.getMany();
  }

  count(filter: AuditFilter): Promise<number> {
    return this.#filtered(filter).getCount();
  }

  findBySeq(seq: number): Promise<AuditEntryEntity | null> {
    return this.#manager.getRepository(AuditEntryEntity).findOneBy({ seq });
  }

  /** The texts whose hashes the entries bear. */
  listTexts(seqs: readonly number[]): Promise<{ readonly seq: string; readonly text: string }[]> {
    return this.#manager.query(
      `SELECT entry.seq, ${auditText('entry')} AS text FROM audit_entries AS entry WHERE entry.seq = ANY ($1::bigint[])`,
      [seqs],
    );
  }

  #filtered(filter: AuditFilter): SelectQueryBuilder<AuditEntryEntity> {
    const query = this.#manager.createQueryBuilder(AuditEntryEntity, 'entry');
    for (const [name, condition] of Object.entries(conditions)) {
      const value = filter[name as keyof AuditFilter];
      if (value != null) query.andWhere(condition, { [name]: value });
    }
    return query;
  }
}
