import type { HealthChecks, SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { internalContext } from '../context.ts';
import { RefreshRepository } from './refresh.repository.ts';

/** Whether 1C answers when it is asked for stock; nothing where nobody asks it. */
export async function checkOneC(environment: SubgraphEnvironment): Promise<HealthChecks> {
  const { settings, manager, clock } = internalContext(environment, 'health');
  if (!settings.refresh) return {};
  const { failures, openUntil } = await new RefreshRepository(manager).getBreaker();
  if (openUntil === null) return { one_c: { status: 'pass' } };
  const next =
    openUntil.getTime() > clock()
      ? `until ${openUntil.toISOString()} it is left alone, then tried with one request`
      : 'one request at a time tries it';
  const output = `1C fails, ${failures} in a row: ${next}. Stock is as old as it says.`;
  return { one_c: { status: 'warn', output } };
}
