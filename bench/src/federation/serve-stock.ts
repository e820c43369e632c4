// `serve-stock.js PORT SUPERGRAPH`
import { readFileSync } from 'node:fs';
import { startStockGateway } from '../stock-gateway.ts';

const [port, file = ''] = process.argv.slice(2);
await startStockGateway({ supergraphSdl: readFileSync(file, 'utf8'), port: Number(port) });
