/** What scripts can tell apart. `manage --help` prints this table. */
export const ExitCode = {
  ok: 0,
  failed: 1,
  usage: 2,
  someRowsRejected: 3,
  runHeld: 4,
  serverUnreachable: 5,
  auditBroken: 6,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

export const exitCodeHelp = `
Exit codes:
  0    done
  1    failed; one line on stderr says why and what to do
  2    wrong usage: an unknown option, a missing file, a value that cannot be
  3    done, but some rows were rejected; they are in the rejects file
  4    the run is held by the mass-zero fuse and waits for an admin
  5    the server does not answer
  6    the audit log is not whole: something was changed, removed or put in
  130  interrupted by Ctrl-C; the same sync command goes on from there`;
