import type { FileParts } from '@gastronom/commerceml/row';
import type { SyncAnswer } from '../sync/sync-batch.service.ts';
import type { ExchangeFileEntity } from './exchange-file.entity.ts';
import type { SessionExport } from './session-export.ts';

export interface PartsToDo {
  /** Names of the files whose rows are to be sent. */
  readonly wanted: ReadonlySet<string>;
  /** Whether files of this kind have come whose import 1C has still to ask for: the run goes on until then. */
  readonly pending: boolean;
  /** Whether no other file of this kind has come. */
  readonly isOnly: boolean;
}

/**
 * A full export may come in several files, and only all of them tell what is gone. One that comes after its like were
 * imported is therefore sent together with them, in a run of its own.
 */
export function partsToDo(
  { input, files }: SessionExport,
  file: ExchangeFileEntity,
  isOfKind: (parts: FileParts) => boolean,
  withImported: boolean,
): PartsToDo {
  const alike = files.filter(({ id, name }) => {
    const parts = input.files.get(name);
    return id !== file.id && parts !== undefined && isOfKind(parts);
  });
  const imported = withImported ? alike.filter(({ state }) => state === 'IMPORTED') : [];
  return {
    isOnly: alike.length === 0,
    wanted: new Set([file.name, ...imported.map(({ name }) => name)]),
    pending: alike.some(({ state }) => state === 'RECEIVED' || state === 'QUEUED' || state === 'IMPORTING'),
  };
}

export const rejectedIn = (answers: readonly SyncAnswer[]): number =>
  answers.flatMap(({ results }) => results).filter(({ outcome }) => outcome === 'REJECTED').length;
