/** A process that makes plans by Hive's native planner, for the gateway that started it. */
import { QueryPlanner } from '@graphql-hive/router-query-planner';
import type { PlannerQuestion, PlannerReply } from './planner-protocol.ts';

const planners = new Map<string, QueryPlanner>();
const noLabels = new Set<string>();

function reply(question: PlannerQuestion): PlannerReply {
  const { id, graph } = question;
  if ('supergraphSdl' in question) {
    if (!planners.has(graph)) planners.set(graph, new QueryPlanner(question.supergraphSdl));
    return { id };
  }
  const planner = planners.get(graph);
  if (!planner) throw new Error('nobody told of this graph');
  // Fields that move from one subgraph to another by percentage are drawn for each operation as it is planned.
  const { node } = planner.plan(question.query, question.operationName, noLabels, Math.random() * 100);
  return { id, node };
}

process.on('message', (question: PlannerQuestion) => {
  try {
    process.send?.(reply(question));
  } catch (error) {
    process.send?.({ id: question.id, error: error instanceof Error ? error.message : String(error) });
  }
});
// Whoever asked is gone.
process.on('disconnect', () => process.exit());
