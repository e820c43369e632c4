import { z } from 'zod';

/** A fact that others may react to. It is enqueued in the transaction that makes it true. */
export interface EventDefinition<Data> {
  /** In the past tense, as `AvailabilityChanged`. */
  readonly type: string;
  /** Raised when its data change in a way that a reader must know of. */
  readonly version: number;
  readonly data: z.ZodType<Data>;
}

/** What travels: the fact, and what names it. */
export interface Event<Data> {
  /** One id for each happening: who has handled it once knows it again. */
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly occurredAt: string;
  readonly data: Data;
}

const defined: EventDefinition<unknown>[] = [];

export function defineEvent<Data>(definition: EventDefinition<Data>): EventDefinition<Data> {
  defined.push(definition as EventDefinition<unknown>);
  return definition;
}

/** All events whose files this process has loaded: the catalogue in docs/ is made of them. */
export const definedEvents = (): readonly EventDefinition<unknown>[] => defined;

/** The payload of a job that an event enqueues. Subscribers say for themselves what they need of its data. */
export const eventPayload = <Data>(data: z.ZodType<Data>): z.ZodType<Event<Data>> =>
  z.object({
    id: z.uuid(),
    type: z.string(),
    version: z.number().int(),
    occurredAt: z.iso.datetime(),
    data,
  }) as unknown as z.ZodType<Event<Data>>;
