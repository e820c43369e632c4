import { runSubgraph } from '@gastronom/shared/run-subgraph';
import { start } from '@gastronom/shared/start';
import { catalog } from './subgraph.ts';

start(() => runSubgraph(catalog));
