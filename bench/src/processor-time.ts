import { readdir, readFile } from 'node:fs/promises';

/** Linux counts processor time in hundredths of a second. */
const ticksASecond = 100;

const pageBytes = 4_096;

interface ProcessTimes {
  readonly parent: number;
  readonly own: number;
  /** Of children that have ended. */
  readonly ended: number;
}

/** Null for one that ended meanwhile. */
async function timesOf(pid: string): Promise<ProcessTimes | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (stat === null) return null;
  // The name may hold anything, up to the last bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const at = (place: number) => Number(fields[place]);
  return { parent: at(1), own: at(11) + at(12), ended: at(13) + at(14) };
}

/** Processor seconds, user and system, of a process and of all its children, those that have ended included. */
export async function processorSeconds(pid: number): Promise<number> {
  const all = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  let ticks = 0;
  for (const name of all) {
    const times = await timesOf(name);
    if (Number(name) === pid) ticks += (times?.own ?? 0) + (times?.ended ?? 0);
    else if (times?.parent === pid) ticks += times.own;
  }
  return ticks / ticksASecond;
}

/** What the children of this process hold in memory. */
export async function childrenBytes(): Promise<number> {
  const children = await readFile(`/proc/self/task/${process.pid}/children`, 'utf8');
  const pages = await Promise.all(
    children
      .trim()
      .split(' ')
      .filter(Boolean)
      .map(async (pid) => Number((await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '')).split(' ')[1] ?? 0)),
  );
  return pages.reduce((sum, count) => sum + count * pageBytes, 0);
}
