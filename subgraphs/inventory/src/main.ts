import { runSubgraph, start } from '@gastronom/shared/run-subgraph';
import { inventory } from './subgraph.ts';

start(() => runSubgraph(inventory));
