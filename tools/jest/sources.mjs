// Lets Node import the TypeScript sources themselves: the hooks find them, and compile each once, with swc.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { enableCompileCache, registerHooks } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync, version } from '@swc/core';

const root = dirname(dirname(import.meta.dirname));
const cache = join(root, '.cache', 'sources');
const swcrc = readFileSync(join(root, '.swcrc'), 'utf8');
const options = JSON.parse(swcrc);
// In tests the source itself is imported, with its `.ts` ending.
delete options.jsc.rewriteRelativeImportExtensions;

/** Where the source map of each source lies that was imported, by the address under which stack traces name it. */
export const sourceMaps = new Map();

const readIfThere = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
};

/** Workers compile the same source at the same time: each writes a whole file, and the last one stays. */
function write(path, content) {
  const own = `${path}.${process.pid}`;
  writeFileSync(own, content);
  renameSync(own, path);
}

function compiled(url) {
  const filename = fileURLToPath(url);
  const source = readFileSync(filename, 'utf8');
  const key = createHash('sha256').update([version, swcrc, filename, source].join('\0')).digest('hex');
  const path = join(cache, `${key}.js`);
  sourceMaps.set(url, `${path}.map`);
  const known = readIfThere(path);
  if (known !== undefined) return known;
  const { code, map } = transformSync(source, { ...options, swcrc: false, filename, sourceFileName: filename });
  mkdirSync(cache, { recursive: true });
  write(`${path}.map`, map);
  write(path, code);
  return code;
}

const globals = new URL('./globals.mjs', import.meta.url).href;

enableCompileCache(join(root, '.cache', 'node'));
registerHooks({
  resolve(specifier, context, next) {
    if (specifier === '@jest/globals') return { url: globals, format: 'module', shortCircuit: true };
    return next(specifier, { ...context, conditions: ['source', ...context.conditions] });
  },
  load(url, context, next) {
    if (!url.endsWith('.ts') || url.includes('/node_modules/')) return next(url, context);
    return { format: 'module', source: compiled(url), shortCircuit: true };
  },
});
