import { runSubgraph, start } from '@gastronom/shared/run-subgraph';
import { suppliers } from './subgraph.ts';

start(() => runSubgraph(suppliers));
