// Where a CPU profile says that time went: by function, by the module it belongs to, and down the call tree.
// Usage: pnpm --filter bench profile FILE [--top 40] [--depth 14] [--least 1.5] [--under FUNCTION]
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fixed } from './measure.ts';

const { values, positionals } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  allowPositionals: true,
  options: {
    top: { type: 'string', default: '40' },
    depth: { type: 'string', default: '14' },
    least: { type: 'string', default: '1.5' },
    under: { type: 'string' },
  },
});

interface Node {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}

interface Profile {
  readonly nodes: readonly Node[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const file = resolve(process.env.INIT_CWD ?? '.', positionals[0] ?? '');
const profile = JSON.parse(readFileSync(file, 'utf8')) as Profile;
const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
const own = new Map<number, number>();
for (const [index, id] of profile.samples.entries()) own.set(id, (own.get(id) ?? 0) + (profile.timeDeltas[index] ?? 0));

const isIdle = ({ callFrame: { functionName } }: Node): boolean =>
  functionName === '(idle)' || functionName === '(program)';
const busy = profile.nodes.reduce((sum, node) => sum + (isIdle(node) ? 0 : (own.get(node.id) ?? 0)), 0);
const share = (time: number): string => `${fixed((time / busy) * 100, 1).padStart(5)} %`;

/** The package of npm, the folder of ours, or Node itself. */
function moduleOf({ callFrame: { url, functionName } }: Node): string {
  const npm = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (npm) return npm;
  if (url.startsWith('node:')) return url;
  return /\/((?:[\w-]+\/)?[\w-]+)\/dist\/(.*)\.js$/.exec(url)?.slice(1).join('/') ?? (url || functionName);
}

const nameOf = (node: Node): string =>
  `${node.callFrame.functionName || '(anonymous)'}  ${moduleOf(node)}:${node.callFrame.lineNumber + 1}`;

function print(title: string, keyOf: (node: Node) => string): void {
  const times = new Map<string, number>();
  for (const node of profile.nodes) {
    if (!isIdle(node)) times.set(keyOf(node), (times.get(keyOf(node)) ?? 0) + (own.get(node.id) ?? 0));
  }
  console.log(`\n${title}`);
  for (const [key, time] of [...times].sort(([, a], [, b]) => b - a).slice(0, Number(values.top)))
    console.log(`${share(time)}  ${key}`);
}

const whole = new Map<number, number>();
function timeOf(node: Node): number {
  let time = own.get(node.id) ?? 0;
  for (const id of node.children ?? []) time += timeOf(nodes.get(id) as Node);
  whole.set(node.id, time);
  return time;
}

/** Calls of one function below the same caller are one branch, however often they were entered. */
function printTree(siblings: readonly Node[], depth: number): void {
  const branches = Map.groupBy(siblings, nameOf);
  const sorted = [...branches].map(([name, group]) => ({
    name,
    group,
    time: group.reduce((sum, node) => sum + (whole.get(node.id) ?? 0), 0),
  }));
  for (const { name, group, time } of sorted.sort((a, b) => b.time - a.time)) {
    if (time / busy < Number(values.least) / 100 || depth > Number(values.depth)) continue;
    console.log(`${share(time)}  ${'  '.repeat(depth)}${name}`);
    printTree(
      group.flatMap(({ children = [] }) => children.map((id) => nodes.get(id) as Node)),
      depth + 1,
    );
  }
}

console.log(`${fixed(busy / 1e6)} s of work`);
print('by module, own time', moduleOf);
print('by function, own time', nameOf);
const root = profile.nodes[0] as Node;
timeOf(root);
console.log('\ndown the tree, with what is called');
const tops = values.under ? profile.nodes.filter(({ callFrame }) => callFrame.functionName === values.under) : [root];
printTree(
  tops.flatMap(({ children = [] }) => children.map((id) => nodes.get(id) as Node)).filter((node) => !isIdle(node)),
  0,
);
