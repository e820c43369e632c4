import { runSubgraph } from '@gastronom/shared/run-subgraph';
import { start } from '@gastronom/shared/start';
import { suppliers } from './subgraph.ts';

start(() => runSubgraph(suppliers));
