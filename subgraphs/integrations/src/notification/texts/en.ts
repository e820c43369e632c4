import type { Catalogue } from './text-keys.ts';

export const english: Catalogue = {
  'ORDER_RECEIVED.title': 'New order {number}',
  'ORDER_RECEIVED.body':
    '{buyer, select, none {A customer} other {{buyer}}} ordered {lines, plural, one {# item} other {# items}} for {total}.{deliverOn, select, none {} other { To be delivered on {deliverOn}.}}',
  'ORDER_PLACED.title': 'Order {number} is placed',
  'ORDER_PLACED.body':
    '{lines, plural, one {# item} other {# items}} for {total}, from {suppliers, plural, one {one supplier} other {# suppliers}}. We will tell you when something changes.',
  'ORDER_CHANGED.title':
    '{to, select, CONFIRMED {Order {number} is confirmed} PARTLY_CONFIRMED {Order {number} is confirmed in part} REJECTED {Order {number} was rejected} SHIPPED {Order {number} is on its way} CANCELLED {Order {number} was cancelled} other {Order {number} has changed}}',
  'ORDER_CHANGED.body':
    '{to, select, CONFIRMED {{supplier, select, none {The supplier} other {{supplier}}} will deliver everything you ordered.} PARTLY_CONFIRMED {{supplier, select, none {The supplier} other {{supplier}}} cannot deliver everything you ordered: see the order.} REJECTED {{supplier, select, none {The supplier} other {{supplier}}} will not deliver this order.} SHIPPED {{supplier, select, none {The supplier} other {{supplier}}} has sent it off.} CANCELLED {Nothing of it will be delivered{supplier, select, none {} other { by {supplier}}}.} other {See the order.}}{reason, select, none {} other { Reason: {reason}}}',
  'ORDER_CANCELLED.title': 'Order {number} was cancelled',
  'ORDER_CANCELLED.body':
    '{buyer, select, none {The customer} other {{buyer}}} does not want it delivered any more.{reason, select, none {} other { Reason: {reason}}}',
  'DELIVERY_MARKED.title':
    '{differences, plural, =0 {Delivery of order {number} was received} other {Delivery of order {number} has differences}}',
  'DELIVERY_MARKED.body':
    '{corrected, select, yes {What was said before was corrected. } other {}}{differences, plural, =0 {Everything that was due was received.} other {{short, plural, =0 {} one {# item came short. } other {# items came short. }}{damaged, plural, =0 {} one {# item was damaged. } other {# items were damaged. }}See the delivery.}}',
  'APPROVAL_REQUESTED.title': 'Order {number} waits for your approval',
  'APPROVAL_REQUESTED.body': 'It comes to {total}. It goes to the suppliers as soon as you approve it.',
  'STANDING_ORDER_FAILED.title':
    '{reason, select, INCOMPLETE {“{name}” was ordered in part} other {“{name}” was not ordered}}',
  'STANDING_ORDER_FAILED.body':
    '{reason, select, INCOMPLETE {Order {number} comes without {count, plural, one {# item} other {# items}}: {goods}.} NOTHING_ORDERABLE {This cannot be ordered at the moment: {goods}.} NOT_RESERVED {This is sold out: {goods}.} MISSED {We could not order it for hours: order what you still need yourself.} APPROVAL_EXPIRED {Nobody approved order {number} in time.} DECLINED {Order {number} was declined.} other {Something went wrong on our side: order what you still need yourself.}}',
  'PAYMENT_CHANGED.title':
    '{outcome, select, PAID {Order {number} is paid} FAILED {The payment of order {number} failed} REFUNDED {Money back for order {number}} CHARGED_BACK {The payment of order {number} was charged back} other {The payment of order {number} is disputed}}',
  'PAYMENT_CHANGED.body':
    '{outcome, select, PAID {We received {amount}.} FAILED {{amount} could not be charged. Try again, or pay in another way.} REFUNDED {{amount} goes back to where it came from.} CHARGED_BACK {The bank has taken {amount} back.} other {{shop, select, yes {The bank asks about {amount}: give evidence in Stripe’s dashboard before the day that stands there.} other {The bank asks about {amount}. We will be in touch.}}}}',
  'INVOICE_MATCHED.title':
    '{differs, select, yes {Invoice {number} differs from what was ordered} other {Invoice {number} is as it was ordered}}',
  'INVOICE_MATCHED.body': '{total} in all.{differs, select, yes { The difference in price is {variance}.} other {}}',
  'WEBHOOK_DISABLED.title': 'A webhook was switched off',
  'WEBHOOK_DISABLED.body':
    '{reason, select, GONE {{host} answered that there is nothing there any more.} other {We could not reach {host} for too long, and have stopped trying. Switch it on again when it answers.}}',
  'PRICE_ALERT.title': '{backInStock, select, yes {{product} is in stock again: {price}} other {{product}: {price}}}',
  'PRICE_ALERT.body':
    '{store} {backInStock, select, yes {has it again for {price}} other {asks {price}}}{before, select, none {} other {, before that {before}}}.{target, select, none {} other { Your target is {target}.}}{drop, select, none {} other { That is {drop} % less.}}{fall, select, none {} other { That is {fall} % below {highest}, the highest in {fallDays, plural, one {# day} other {# days}}.}}{lowDays, select, none {} other { That is the lowest in {lowDays, plural, one {# day} other {# days}}.}}{others, select, none {} other { Elsewhere: {others}.}}',
  'PRICE_PAGE_FAILING.title': '{store}: {count, plural, one {a page cannot be read} other {# pages cannot be read}}',
  'PRICE_PAGE_FAILING.body':
    '{outcome, select, GONE {The page of “{product}” is not there any more} BLOCKED {The store does not let us look at the page of “{product}”} NO_PRICE {We cannot find a price on the page of “{product}”} other {We cannot fetch the page of “{product}”}}{more, plural, =0 {} one {, and # more page fails} other {, and # more pages fail}}. We have tried {failures, plural, one {once} other {# times in a row}}. The last prices stay as they were.',
  'TEST.title': 'A test from Gastronom',
  'TEST.body': 'This channel works: what you want to be told will come here.',
  'CONFIRMATION.title': '{code} is your code',
  'CONFIRMATION.body':
    'Enter {code} to get notifications from Gastronom here. If you know nothing of it, do nothing, and nothing more will come.',
  'DIGEST.title': '{count, plural, one {# notification} other {# notifications}}',
};
