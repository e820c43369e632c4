/** A number as it is written: runs of digits, and the marks between them. */
export interface WrittenNumber {
  /** The first is empty where the number begins with its decimal mark. */
  readonly runs: readonly string[];
  /** `.`, `,`, `'`, blank, `٫` (surely decimal), or `|` between a sum and hundredths that stand apart. */
  readonly marks: readonly string[];
  /** Followed by the dash that stands for no hundredths: `1.295,-`. */
  readonly isWhole: boolean;
  readonly end: number;
}

/** More than any sum has: the rest of a longer number is passed over with it. */
const mostDigits = 60;

const isDigit = (character: string | undefined): boolean =>
  character !== undefined && character >= '0' && character <= '9';

const isPoint = (character: string | undefined): boolean => character === '.' || character === ',' || character === '٫';

function digitsFrom(text: string, start: number): string {
  let end = start;
  while (end - start < mostDigits && isDigit(text[end])) end += 1;
  return text.slice(start, end);
}

/** Whether the run of digits that ends here goes on as a number of its own. */
const goesOn = (text: string, end: number): boolean =>
  isDigit(text[end]) ||
  (isPoint(text[end]) && isDigit(text[end + 1])) ||
  text[end] === '%' ||
  text.startsWith(' %', end);

/** What may stand behind hundredths that are parted from their sum by a blank: nothing that they could be a count of. */
const behindHundredths = /^ ?(?:$|[*)(/]|[^\p{L}\p{N}%\-x×])/u;

interface Joint {
  readonly mark: string;
  readonly run: string;
  readonly end: number;
}

/** `1.299`, and `1.299, 00` with a stray blank. */
function pointJoint(text: string, at: number): Joint | null {
  const mark = text[at] ?? '';
  const near = digitsFrom(text, at + 1);
  if (near !== '') return { mark, run: near, end: at + 1 + near.length };
  if (text[at + 1] !== ' ') return null;
  const far = digitsFrom(text, at + 2);
  const end = at + 2 + far.length;
  const follows = text.slice(end, end + 2);
  return far.length === 2 && !goesOn(text, end) && !/^[,.] /.test(follows) ? { mark, run: far, end } : null;
}

const isGrouped = (runs: readonly string[], marks: readonly string[], mark: string): boolean =>
  (runs[0]?.length ?? 0) <= 3 && runs[0] !== '' && marks.every((other) => other === mark);

/** `1 299`, and `1299 00` where the hundredths stand in an element of their own. */
function blankJoint(text: string, at: number, runs: readonly string[], marks: readonly string[]): Joint | null {
  const run = digitsFrom(text, at + 1);
  const end = at + 1 + run.length;
  if (run.length === 3 && isGrouped(runs, marks, ' ') && text[end] !== '%') return { mark: ' ', run, end };
  if (run.length !== 2 || goesOn(text, end) || !behindHundredths.test(text.slice(end, end + 3))) return null;
  const last = runs.at(-1) ?? '';
  return marks.length === 0 || last.length === 3 ? { mark: '|', run, end } : null;
}

/** `24 . 99`: sum, mark and hundredths in elements of their own. */
function apartJoint(text: string, at: number): Joint | null {
  const joint = pointJoint(text, at + 1);
  return joint?.run.length === 2 && behindHundredths.test(text.slice(joint.end, joint.end + 3)) ? joint : null;
}

function quoteJoint(text: string, at: number): Joint | null {
  const run = digitsFrom(text, at + 1);
  return run.length === 3 || run.length === 2 ? { mark: "'", run, end: at + 1 + run.length } : null;
}

/** `129:90 kr`, as Swedish tags have it. */
function kronorJoint(text: string, at: number): Joint | null {
  const [, run] = /^:(\d\d) ?kr/i.exec(text.slice(at, at + 6)) ?? [];
  return run === undefined ? null : { mark: ',', run, end: at + 3 };
}

function jointAt(text: string, at: number, runs: readonly string[], marks: readonly string[]): Joint | null {
  if (marks.at(-1) === '|') return null;
  const character = text[at];
  if (character === ':') return kronorJoint(text, at);
  if (isPoint(character)) return pointJoint(text, at);
  if (character === ' ' && isPoint(text[at + 1])) return apartJoint(text, at);
  if (character === ' ') return blankJoint(text, at, runs, marks);
  return character === "'" || character === '٬' ? quoteJoint(text, at) : null;
}

/** Reads the number that begins at a place; null where none does. In a name, as `PS5 499`, no blank groups its digits. */
export function readNumber(text: string, start: number, isInName = false): WrittenNumber | null {
  const isBare = isPoint(text[start]) && isDigit(text[start + 1]) && !isDigit(text[start - 1]);
  if (!isDigit(text[start]) && !isBare) return null;
  const first = isBare ? '' : digitsFrom(text, start);
  const runs = [first];
  const marks: string[] = [];
  let end = start + first.length;
  for (let joint = jointAt(text, end, runs, marks); joint !== null; joint = jointAt(text, end, runs, marks)) {
    if (isInName && text[end] === ' ') break;
    runs.push(joint.run);
    marks.push(joint.mark);
    end = joint.end;
  }
  const whole = /^[.,:]-{1,2}(?!-|\d)(?! ?[$€£] ?\d)/.exec(text.slice(end, end + 6));
  return { runs, marks, isWhole: whole !== null, end: end + (whole?.[0].length ?? 0) };
}
