import { readdir, readFile } from 'node:fs/promises';

/** Linux counts processor time in hundredths of a second. */
const ticksASecond = 100;

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
