import { runSubgraph, start } from '@gastronom/shared/run-subgraph';
import { accounts } from './subgraph.ts';

start(() => runSubgraph(accounts));
