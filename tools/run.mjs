// Builds what changed, then runs the compiled form of a source file in this same process: `node tools/run.mjs gateway/src/main.ts`.
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, root } from './build.mjs';

// Compiled forms of all modules are kept, which halves the time to start.
enableCompileCache(join(root, '.cache', 'node'));
await build();
// Outside production graphql looks at the name of every type it meets, which doubles the cost of reading a large input.
process.env.NODE_ENV ??= 'production';
const [source, ...args] = process.argv.slice(2);
const target = join(root, source.replace('/src/', '/dist/').replace(/\.ts$/, '.js'));
process.setSourceMapsEnabled(true);
process.argv = [process.argv[0], target, ...args];
await import(pathToFileURL(target).href);
