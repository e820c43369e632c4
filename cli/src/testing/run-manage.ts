import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { inheritedEnvironment, projectRoot } from '@gastronom/shared/env';

export interface ManageResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Manage {
  (...args: string[]): Promise<ManageResult>;
  /** Starts the command and hands over its process, for those who want to cut it off. */
  start(...args: string[]): { child: ChildProcess; ended: Promise<ManageResult> };
}

/** The command as a shell runs it, in a process of its own. */
export function manageWith(variables: NodeJS.ProcessEnv): Manage {
  const start = (...args: string[]) => {
    const command = [join(projectRoot, 'tools', 'run.mjs'), 'cli/src/main.ts', ...args];
    const child = spawn(process.execPath, command, {
      cwd: projectRoot,
      env: { ...inheritedEnvironment(), INIT_CWD: '', ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text) => (said.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (said.stderr += text));
    const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...said }));
    return { child, ended };
  };
  return Object.assign((...args: string[]) => start(...args).ended, { start });
}
