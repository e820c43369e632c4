import { runSubgraph, start } from '@gastronom/shared/run-subgraph';
import { catalog } from './subgraph.ts';

start(() => runSubgraph(catalog));
