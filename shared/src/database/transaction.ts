import type { EntityManager } from 'typeorm';

/**
 * Runs one decision as one transaction. Serialisation failures and deadlocks, which a caller cannot prevent, are tried
 * again a few times.
 */
export async function inTransaction<T>(
  manager: EntityManager,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  const attempts = 4;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await manager.transaction(work);
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (attempt === attempts || (code !== '40001' && code !== '40P01')) throw error;
    }
  }
}
