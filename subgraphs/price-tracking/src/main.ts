import { runSubgraph } from '@gastronom/shared/run-subgraph';
import { start } from '@gastronom/shared/start';
import { priceTracking } from './subgraph.ts';

start(() => runSubgraph(priceTracking));
