import type { RenderingName } from '../../store/store.entity.ts';
import { FetchTrouble } from '../fetch-trouble.ts';
import type { Room } from '../turn/host-gate.ts';

export interface RenderRequest {
  readonly url: URL;
  readonly locale: string | undefined;
  readonly signal: AbortSignal;
}

/** A page after its scripts have run. */
export interface Rendered {
  readonly url: string;
  readonly text: string;
  /** What the server answered, where that is known. */
  readonly status: number | null;
}

/** Shows pages as browsers do, for stores that write their prices by script. */
export interface Renderer {
  readonly room: Room;
  /** @throws FetchTrouble, or the signal’s reason */
  render(request: RenderRequest): Promise<Rendered>;
  close(): Promise<void>;
}

export type Renderers = Readonly<Record<Exclude<RenderingName, 'NONE'>, Renderer | null>>;

/** The one that a store wishes, or else the other. @throws FetchTrouble where neither is set up */
export function rendererFor(wished: Exclude<RenderingName, 'NONE'>, renderers: Renderers): Renderer {
  const found = renderers[wished] ?? renderers.SERVICE ?? renderers.BROWSER;
  if (found) return found;
  const reason = 'The store wants its pages rendered, and this installation has nothing that does so.';
  throw new FetchTrouble('FETCH_ERROR', 'NO_RENDERING', reason);
}

/** What went wrong in our own house says nothing of where that is. */
export const renderingFailed = (what: string, mayPass: boolean, cause?: unknown): FetchTrouble =>
  new FetchTrouble('FETCH_ERROR', 'RENDERING_FAILED', `The page could not be rendered: ${what}`, { mayPass, cause });
