import { runSubgraph } from '@gastronom/shared/run-subgraph';
import { start } from '@gastronom/shared/start';
import { accounts } from './subgraph.ts';

start(() => runSubgraph(accounts));
