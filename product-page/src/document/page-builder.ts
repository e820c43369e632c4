import { Element } from 'domhandler';
import { DomHandler } from 'htmlparser2';

/** Browsers stop nesting here as well; what costs more than its length in a parser grows with the depth. */
const maxDepth = 512;
const maxElements = 400_000;

const partsOfTables: ReadonlySet<string> = new Set(['tbody', 'thead', 'tfoot', 'caption', 'colgroup']);

/** Builds the tree of a page, as far as it is one that somebody could have meant. */
export class PageBuilder extends DomHandler {
  /** Nothing more is worth reading: the page is deeper or larger than pages are. */
  isFull = false;
  private elements = 0;
  private readonly implied = new WeakSet<object>();

  override onopentag(name: string, attributes: Record<string, string>): void {
    this.elements += 1;
    if (this.elements > maxElements || this.tagStack.length > maxDepth) this.isFull = true;
    if (partsOfTables.has(name)) this.closeImplied();
    // As browsers do, whose paths people copy: a row of a table stands in a body of it.
    if (name === 'tr' && this.isIn('table')) {
      super.onopentag('tbody', {});
      const body = this.tagStack.at(-1);
      if (body) this.implied.add(body);
    }
    super.onopentag(name, attributes);
  }

  override onclosetag(): void {
    this.closeImplied();
    super.onclosetag();
  }

  private closeImplied(): void {
    const last = this.tagStack.at(-1);
    if (last && this.implied.has(last)) super.onclosetag();
  }

  private isIn(name: string): boolean {
    const last = this.tagStack.at(-1);
    return last instanceof Element && last.name === name;
  }
}
