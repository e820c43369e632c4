import { runSubgraph } from '@gastronom/shared/run-subgraph';
import { start } from '@gastronom/shared/start';
import { inventory } from './subgraph.ts';

start(() => runSubgraph(inventory));
