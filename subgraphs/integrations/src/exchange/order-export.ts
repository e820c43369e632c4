import type { ExchangeSessionEntity } from './exchange-session.entity.ts';

/** Orders as 1C takes them: each a `Документ` of CommerceML. The orders subgraph will give them here. */
export interface OrderSource {
  /** The open orders, as elements. */
  documents(session: ExchangeSessionEntity): Promise<readonly string[]>;
  /** 1C has stored what it was last given. */
  confirm(session: ExchangeSessionEntity): Promise<void>;
}

/** While nobody takes orders, there are none. */
export const noOrders: OrderSource = {
  documents: async () => [],
  confirm: async () => undefined,
};

/** 1C's times have no zone: UTC is as good as any. */
const localTime = (moment: Date): string => moment.toISOString().slice(0, 19);

/** The document that answers `type=sale&mode=query`. */
export function orderDocument(documents: readonly string[], formedAt: Date): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<КоммерческаяИнформация ВерсияСхемы="2.05" ДатаФормирования="${localTime(formedAt)}">`,
    ...documents,
    '</КоммерческаяИнформация>',
    '',
  ].join('\n');
}
