/** The data of an answer as JSON text: it was put in order and cut to what was asked for as it was written. */
export class AnswerText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** Whether no field has a value. */
  get isEmpty(): boolean {
    return this.text === 'null' || /^\{("\w+":null,?)*\}$/.test(this.text);
  }

  /** For whoever needs to look into it, or writes it in another way. */
  toJSON(): Record<string, unknown> | null {
    return JSON.parse(this.text) as Record<string, unknown> | null;
  }
}

/** The JSON of a result, whose data may be text already. */
export function resultText(result: object): string {
  const { data, ...others } = result as { data?: unknown };
  if (!(data instanceof AnswerText)) return JSON.stringify(result);
  const rest = JSON.stringify(others);
  return rest === '{}' ? `{"data":${data.text}}` : `${rest.slice(0, -1)},"data":${data.text}}`;
}
