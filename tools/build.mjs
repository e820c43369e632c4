// Compiles every package's src/*.ts to dist/*.js with swc. Only what changed is compiled again, so that a start costs little.
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const options = JSON.parse(await readFile(join(root, '.swcrc'), 'utf8'));

const folders = async (parent) => (await readdir(join(root, parent))).map((name) => join(parent, name));
const modified = async (path) => (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;

async function compile(source, target, newest) {
  const built = await modified(target);
  if (built > newest && built > (await modified(source))) return 0;
  // Most starts compile nothing, and loading the compiler takes as long as looking for what changed.
  const { transform } = await import('@swc/core');
  const { code, map } = await transform(await readFile(source, 'utf8'), {
    ...options,
    swcrc: false,
    filename: source,
    sourceFileName: relative(dirname(target), source),
  });
  await mkdir(dirname(target), { recursive: true });
  await writeFile(`${target}.map`, map);
  await writeFile(target, `${code}\n//# sourceMappingURL=${target.split('/').pop()}.map\n`);
  return 1;
}

async function dropOrphans(dist, wanted) {
  const files = await readdir(dist, { recursive: true, withFileTypes: true }).catch(() => []);
  const orphans = files
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .filter((path) => !wanted.has(path.replace(/\.map$/, '')));
  await Promise.all(orphans.map((path) => rm(path)));
}

/** Builds all packages and returns how many files were compiled. */
export async function build() {
  const newest = Math.max(await modified(join(root, '.swcrc')), await modified(fileURLToPath(import.meta.url)));
  const packages = [
    'shared',
    'commerceml',
    'pricelist',
    'product-page',
    'gateway',
    'cli',
    'bench',
    'one-c-stand-in',
    'stripe-stand-in',
    ...(await folders('subgraphs')),
  ];
  const counts = await Promise.all(
    packages.map(async (name) => {
      const src = join(root, name, 'src');
      const dist = join(root, name, 'dist');
      const files = await readdir(src, { recursive: true }).catch(() => []);
      const sources = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
      const targets = sources.map((file) => join(dist, file.replace(/\.ts$/, '.js')));
      await dropOrphans(dist, new Set(targets));
      return Promise.all(sources.map((file, i) => compile(join(src, file), targets[i], newest)));
    }),
  );
  return counts.flat().reduce((sum, n) => sum + n, 0);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(`compiled ${await build()} files`);
