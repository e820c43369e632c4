import { ExitCode } from './exit-code.ts';

/** An end that the user is told in one line. Anything else that is thrown is a bug and shows its stack. */
export class CliError extends Error {
  readonly code: string = 'CLI_FAILED';

  constructor(
    message: string,
    readonly exitCode: ExitCode = ExitCode.failed,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** The command line or a file it names cannot be used as given. */
export class UsageError extends CliError {
  override readonly code = 'USAGE';

  constructor(message: string) {
    super(message, ExitCode.usage);
  }
}
