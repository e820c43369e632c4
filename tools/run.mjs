// Builds what changed, then runs the compiled form of a source file in this same process: `node tools/run.mjs gateway/src/main.ts`.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, root } from './build.mjs';

await build();
const [source, ...args] = process.argv.slice(2);
const target = join(root, source.replace('/src/', '/dist/').replace(/\.ts$/, '.js'));
process.setSourceMapsEnabled(true);
process.argv = [process.argv[0], target, ...args];
await import(pathToFileURL(target).href);
