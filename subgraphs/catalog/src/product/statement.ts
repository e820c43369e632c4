/** Parameters of one SQL statement: `bind` keeps the value and gives the placeholder that stands for it. */
export class Statement {
  readonly parameters: unknown[] = [];

  bind(value: unknown): string {
    this.parameters.push(value);
    return `$${this.parameters.length}`;
  }
}
