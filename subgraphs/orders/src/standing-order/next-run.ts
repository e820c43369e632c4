import type { OrdersContext } from '../context.ts';
import { type DraftPart, draftOrder } from '../placement/draft-order.ts';
import { quoteOffers } from '../quote/quote.client.ts';
import { type Orderable, orderWhatCanBe, plannedChoices } from './order-what-can-be.ts';
import { nextContent, type StandingLine, type StandingOrderRow } from './standing-order.row.ts';

/** What the next time would come to, by prices and terms as they are known for it. */
export interface NextRunPlan extends Pick<Orderable, 'findings'> {
  readonly parts: readonly DraftPart['row'][];
}

/** The next time, and what is ordered then. */
export interface NextRunView {
  readonly at: Date;
  readonly timeZone: string;
  readonly isChanged: boolean;
  readonly lines: readonly StandingLine[];
  readonly note: string | null;
  /** Suppliers are asked when somebody wants it, once. */
  readonly plan: () => Promise<NextRunPlan>;
}

export function viewNextRun(context: OrdersContext, standing: StandingOrderRow): NextRunView | null {
  const { nextAt: at, timeZone, nextLines } = standing;
  if (!at) return null;
  const { lines, note } = nextContent(standing);
  let planned: Promise<NextRunPlan> | undefined;
  const plan = () => {
    planned ??= planNextRun(context, standing, lines, at);
    return planned;
  };
  return { at, timeZone, isChanged: nextLines.length > 0, lines, note, plan };
}

async function planNextRun(
  context: OrdersContext,
  { buyerKind, buyerId }: StandingOrderRow,
  lines: readonly StandingLine[],
  at: Date,
): Promise<NextRunPlan> {
  const asked = lines.map(({ offerId, quantity }) => ({ key: offerId, offerId, quantity }));
  const quote = await quoteOffers(context, { kind: buyerKind, id: buyerId }, asked, at);
  const choices = plannedChoices(lines, quote);
  const orderable = orderWhatCanBe(lines, choices, quote);
  const ordered = orderable.lines.map((line) => ({ ...line, id: line.offerId }));
  return {
    findings: orderable.findings,
    parts: draftOrder(ordered, choices, quote).parts.map(({ row }) => row),
  };
}
