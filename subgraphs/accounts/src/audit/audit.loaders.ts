import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { AuditRepository } from './audit.repository.ts';

/** The texts that were hashed, by the numbers of their entries. */
export type AuditTextLoader = DataLoader<number, string | null>;

export const createAuditTextLoader = (manager: EntityManager): AuditTextLoader =>
  new DataLoader(async (seqs) => {
    const texts = await new AuditRepository(manager).listTexts(seqs);
    const bySeq = new Map(texts.map(({ seq, text }) => [Number(seq), text]));
    return seqs.map((seq) => bySeq.get(seq) ?? null);
  });
