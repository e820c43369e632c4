/** An export, or a file that should be one, cannot be used. The message is for whoever made it. */
export class ExportError extends Error {
  readonly code: string = 'EXPORT';

  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}
