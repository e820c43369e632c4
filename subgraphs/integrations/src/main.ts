import { runSubgraph, start } from '@gastronom/shared/run-subgraph';
import { integrations } from './subgraph.ts';

start(() => runSubgraph(integrations));
