import { type AuditAct, recordAudit } from '@gastronom/shared/audit';
import { createLogger } from '@gastronom/shared/logger';
import type { SubgraphRequest } from '@gastronom/shared/subgraph';
import { type TestSubgraph, viewers } from '@gastronom/shared/testing/test-subgraph';

export const staffRequest: SubgraphRequest = {
  viewer: viewers.staff,
  client: { ip: '203.0.113.7', userAgent: 'Till/2.1' },
  requestId: 'request-1',
  logger: createLogger('test', 'silent'),
};

export const setBuffer: AuditAct = {
  action: 'buffer.set',
  subject: { type: 'StockBuffer', id: 'PRODUCT:0001' },
  before: { quantity: '5.000' },
  after: { quantity: '7.000' },
};

/** An audit log whose worker runs, and what a test wants to do to it. */
export const auditLogOf = ({ jobs, dataSource, ownerQuery }: TestSubgraph) => {
  const countEntries = async () => {
    const [row] = await ownerQuery<{ n: number }>('SELECT count(*)::int AS n FROM accounts.audit_entries');
    return row?.n ?? 0;
  };
  return {
    countEntries,
    record: (act: Partial<AuditAct> = {}, request: Partial<SubgraphRequest> = {}) =>
      recordAudit(jobs, dataSource.manager, { ...staffRequest, ...request }, { ...setBuffer, ...act }),
    /** Waits until so many entries stand there. */
    async until(count: number): Promise<void> {
      while ((await countEntries()) < count) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    /** What nobody but a superuser can do. */
    tamper: (sql: string) =>
      ownerQuery(`SET session_replication_role = replica; ${sql}; SET session_replication_role = origin`),
  };
};
