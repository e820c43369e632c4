/** Something that 1C is told after `failure`, and its user reads. */
export class ExchangeFailure extends Error {
  /** 401 and 503 speak of the connection; what is wrong with a file or a command is 200, as 1C shows only then what was said. */
  readonly status: 200 | 401 | 503;

  constructor(message: string, status: 200 | 401 | 503 = 200) {
    super(message);
    this.name = 'ExchangeFailure';
    this.status = status;
  }
}
