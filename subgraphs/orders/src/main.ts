import { runSubgraph } from '@gastronom/shared/run-subgraph';
import { start } from '@gastronom/shared/start';
import { orders } from './subgraph.ts';

start(() => runSubgraph(orders));
