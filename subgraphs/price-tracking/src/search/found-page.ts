/** A page that a search engine found, in the engine’s words. */
export interface FoundPage {
  /** Normalised. */
  readonly url: string;
  /** With its port where it has one. */
  readonly host: string;
  readonly title: string;
  readonly snippet: string | null;
  readonly imageUrl: string | null;
}
