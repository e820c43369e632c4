import { runSubgraph, start } from '@gastronom/shared/run-subgraph';
import { orders } from './subgraph.ts';

start(() => runSubgraph(orders));
