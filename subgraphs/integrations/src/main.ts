import { runSubgraph } from '@gastronom/shared/run-subgraph';
import { start } from '@gastronom/shared/start';
import { integrations } from './subgraph.ts';

start(() => runSubgraph(integrations));
