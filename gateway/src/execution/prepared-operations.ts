import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { fetchesOf, type Plan } from './plan.ts';
import type { PreparedOperation } from './prepared-operation.ts';

export interface NamedOperation {
  /** Validated against the executor's schema. */
  readonly document: DocumentNode;
  readonly operationName?: string | undefined;
}

export interface PlanStatistics {
  /** How many documents are remembered with their plans. */
  readonly plans: number;
  /** How often an operation was known, and how often it was new. */
  readonly hits: number;
  readonly misses: number;
}

interface OfDocument {
  readonly operations: Map<string, PreparedOperation>;
  /** Characters of what its plans send. */
  readonly size: number;
}

/** Of what plans send. With its code, an operation takes some hundred bytes of memory for each. */
const rememberedCharacters = 500_000;

/** Remembers operations that were planned, by their documents: to the gateway, the same text is the same document. */
export class PreparedOperations {
  readonly #make: (named: NamedOperation) => PreparedOperation;
  readonly #recent: LRUCache<DocumentNode, OfDocument>;
  readonly #kept = new Map<DocumentNode, OfDocument>();
  #hits = 0;
  #misses = 0;

  constructor(make: (named: NamedOperation) => PreparedOperation, limit = 2_000) {
    this.#make = make;
    this.#recent = new LRUCache({ max: limit, maxSize: rememberedCharacters });
  }

  get statistics(): PlanStatistics {
    return { plans: this.#kept.size + this.#recent.size, hits: this.#hits, misses: this.#misses };
  }

  /** From now on, what is known of a document is not forgotten. */
  keep(document: DocumentNode): void {
    if (this.#kept.has(document)) return;
    this.#kept.set(document, this.#recent.get(document) ?? { operations: new Map(), size: 1 });
    this.#recent.delete(document);
  }

  get(named: NamedOperation): PreparedOperation {
    const { document, operationName = '' } = named;
    const remembered = this.#kept.get(document) ?? this.#recent.get(document);
    const known = remembered?.operations.get(operationName);
    if (known) {
      this.#hits += 1;
      return known;
    }
    this.#misses += 1;
    const ofDocument: OfDocument = remembered ?? { operations: new Map(), size: 1 };
    if (!remembered) this.#recent.set(document, ofDocument, { size: ofDocument.size });
    const prepared = this.#make({ document, operationName: operationName || undefined });
    ofDocument.operations.set(operationName, prepared);
    return prepared;
  }

  /** A plan was made for an operation of this document. */
  weigh(document: DocumentNode, plan: Plan): void {
    const ofDocument = this.#recent.peek(document);
    if (!ofDocument) return;
    const size = fetchesOf(plan).reduce((sum, { operation }) => sum + operation.length, ofDocument.size);
    this.#recent.set(document, { ...ofDocument, size }, { size });
  }
}
