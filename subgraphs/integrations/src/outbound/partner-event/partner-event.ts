import type { z } from 'zod';

/** What partners can be told of, as it stands in the payload's `type`. */
export const partnerEventTypes = [
  'order.placed',
  'order.changed',
  'delivery.marked',
  'invoice.matched',
  'payment.changed',
  'availability.changed',
] as const;
export type PartnerEventType = (typeof partnerEventTypes)[number];

/** Who is told: an organisation that is a party, or the shop itself. */
export type Audience = { readonly kind: 'ORGANIZATION'; readonly id: string } | { readonly kind: 'SHOP' };

/** What one audience sees of an event. */
export interface View {
  readonly to: Audience;
  readonly data: unknown;
}

/** An event as partners get it. */
export interface PartnerEvent {
  readonly type: PartnerEventType;
  /** Raised when `data` changes in a way that a reader must know of. */
  readonly version: number;
  /** The event of ours that it is made of. */
  readonly on: string;
  /** When it is sent. */
  readonly description: string;
  /** To whom it is sent, and what of it. */
  readonly audience: string;
  /** `data`, as the catalogue shows it. */
  readonly shown: z.ZodType;
  /**
   * What each party sees; whoever is several of them sees the first. Throws on data that are not what was agreed on.
   */
  views(data: unknown): View[];
}

interface Definition<Shown extends z.ZodType, Heard extends z.ZodType> extends Omit<PartnerEvent, 'shown' | 'views'> {
  readonly shown: Shown;
  /** What is read of our event: what is shown, and whom to show it. */
  readonly heard: Heard;
  readonly views: (heard: z.infer<Heard>) => readonly { readonly to: Audience; readonly data: z.input<Shown> }[];
}

/** Whatever `shown` does not name is left out of what a partner sees. */
export const definePartnerEvent = <Shown extends z.ZodType, Heard extends z.ZodType>({
  heard,
  views,
  ...definition
}: Definition<Shown, Heard>): PartnerEvent => ({
  ...definition,
  views: (data) => views(heard.parse(data)).map((view) => ({ to: view.to, data: definition.shown.parse(view.data) })),
});
