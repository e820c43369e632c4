import type { Catalogue } from './text-keys.ts';

export const russian: Catalogue = {
  'ORDER_RECEIVED.title': 'Новый заказ {number}',
  'ORDER_RECEIVED.body':
    '{buyer, select, none {Покупатель} other {{buyer}}}: {lines, plural, one {# позиция} few {# позиции} many {# позиций} other {# позиции}} на сумму {total}.{deliverOn, select, none {} other { Доставка: {deliverOn}.}}',
  'ORDER_PLACED.title': 'Заказ {number} оформлен',
  'ORDER_PLACED.body':
    '{lines, plural, one {# позиция} few {# позиции} many {# позиций} other {# позиции}} на сумму {total} от {suppliers, plural, one {# поставщика} few {# поставщиков} many {# поставщиков} other {# поставщика}}. Мы сообщим, если что-то изменится.',
  'ORDER_CHANGED.title':
    '{to, select, CONFIRMED {Заказ {number} подтверждён} PARTLY_CONFIRMED {Заказ {number} подтверждён частично} REJECTED {Заказ {number} отклонён} SHIPPED {Заказ {number} в пути} CANCELLED {Заказ {number} отменён} other {Заказ {number} изменился}}',
  'ORDER_CHANGED.body':
    '{to, select, CONFIRMED {Поставщик{supplier, select, none {} other { {supplier}}} привезёт всё, что вы заказали.} PARTLY_CONFIRMED {Поставщик{supplier, select, none {} other { {supplier}}} привезёт не всё: подробности в заказе.} REJECTED {Поставщик{supplier, select, none {} other { {supplier}}} не выполнит этот заказ.} SHIPPED {Поставщик{supplier, select, none {} other { {supplier}}} отправил заказ.} CANCELLED {Доставки{supplier, select, none {} other { от поставщика {supplier}}} не будет.} other {Подробности в заказе.}}{reason, select, none {} other { Причина: {reason}}}',
  'ORDER_CANCELLED.title': 'Заказ {number} отменён',
  'ORDER_CANCELLED.body':
    'Везти заказ больше не нужно{buyer, select, none {} other { (покупатель: {buyer})}}.{reason, select, none {} other { Причина: {reason}}}',
  'DELIVERY_MARKED.title':
    '{differences, plural, =0 {Доставка по заказу {number} принята} other {Доставка по заказу {number}: есть расхождения}}',
  'DELIVERY_MARKED.body':
    '{corrected, select, yes {Прежние данные исправлены. } other {}}{differences, plural, =0 {Получено всё, что ожидалось.} other {{short, plural, =0 {} one {Недостача по # позиции. } few {Недостача по # позициям. } many {Недостача по # позициям. } other {Недостача по # позиции. }}{damaged, plural, =0 {} one {Повреждения в # позиции. } few {Повреждения в # позициях. } many {Повреждения в # позициях. } other {Повреждения в # позиции. }}Подробности в доставке.}}',
  'APPROVAL_REQUESTED.title': 'Заказ {number} ждёт вашего согласования',
  'APPROVAL_REQUESTED.body': 'Сумма заказа: {total}. Он уйдёт поставщикам, как только вы его согласуете.',
  'STANDING_ORDER_FAILED.title':
    '{reason, select, INCOMPLETE {«{name}»: заказано не всё} other {«{name}»: заказ не оформлен}}',
  'STANDING_ORDER_FAILED.body':
    '{reason, select, INCOMPLETE {В заказе {number} не хватает {count, plural, one {# позиции} few {# позиций} many {# позиций} other {# позиции}}: {goods}.} NOTHING_ORDERABLE {Сейчас это нельзя заказать: {goods}.} NOT_RESERVED {Этого нет в наличии: {goods}.} MISSED {Несколько часов оформить заказ не удавалось: закажите сами то, что ещё нужно.} APPROVAL_EXPIRED {Заказ {number} не согласовали вовремя.} DECLINED {Заказ {number} отклонён.} other {Произошла ошибка на нашей стороне: закажите сами то, что ещё нужно.}}',
  'PAYMENT_CHANGED.title':
    '{outcome, select, PAID {Заказ {number} оплачен} FAILED {Оплата заказа {number} не прошла} REFUNDED {Возврат денег за заказ {number}} CHARGED_BACK {Оплата заказа {number} отозвана банком} other {Оплата заказа {number} оспорена}}',
  'PAYMENT_CHANGED.body':
    '{outcome, select, PAID {Мы получили {amount}.} FAILED {Списать {amount} не удалось. Попробуйте ещё раз или оплатите другим способом.} REFUNDED {{amount} вернётся туда, откуда поступила оплата.} CHARGED_BACK {Банк отозвал {amount}.} other {{shop, select, yes {Банк оспаривает платёж на {amount}: предоставьте доказательства в панели Stripe до указанного там срока.} other {Банк уточняет платёж на {amount}. Мы свяжемся с вами.}}}}',
  'INVOICE_MATCHED.title':
    '{differs, select, yes {Счёт {number} расходится с заказом} other {Счёт {number} совпадает с заказом}}',
  'INVOICE_MATCHED.body': 'Всего {total}.{differs, select, yes { Разница в ценах: {variance}.} other {}}',
  'WEBHOOK_DISABLED.title': 'Вебхук отключён',
  'WEBHOOK_DISABLED.body':
    '{reason, select, GONE {Адрес {host} ответил, что его больше нет.} other {Адрес {host} слишком долго не отвечал, и мы перестали туда обращаться. Включите вебхук снова, когда адрес заработает.}}',
  'PRICE_ALERT.title': '{backInStock, select, yes {{product} снова в наличии: {price}} other {{product}: {price}}}',
  'PRICE_ALERT.body':
    'Цена в магазине {store}: {price}{before, select, none {} other { (раньше {before})}}.{backInStock, select, yes { Товар снова в наличии.} other {}}{target, select, none {} other { Ваша целевая цена: {target}.}}{drop, select, none {} other { Это на {drop} % меньше.}}{fall, select, none {} other { Это на {fall} % ниже, чем {highest}, самая высокая цена за {fallDays, plural, one {# день} few {# дня} many {# дней} other {# дня}}.}}{lowDays, select, none {} other { Это самая низкая цена за {lowDays, plural, one {# день} few {# дня} many {# дней} other {# дня}}.}}{others, select, none {} other { В других магазинах: {others}.}}',
  'PRICE_PAGE_FAILING.title':
    '{store}: {count, plural, one {не читается # страница} few {не читаются # страницы} many {не читаются # страниц} other {не читается # страницы}}',
  'PRICE_PAGE_FAILING.body':
    '{outcome, select, GONE {Страницы товара «{product}» больше нет} BLOCKED {Магазин не пускает нас на страницу товара «{product}»} NO_PRICE {На странице товара «{product}» не нашлось цены} other {Не удаётся загрузить страницу товара «{product}»}}{more, plural, =0 {} one {, и ещё # страница недоступна} few {, и ещё # страницы недоступны} many {, и ещё # страниц недоступны} other {, и ещё # страницы недоступны}}. Попыток подряд: {failures}. Последние цены остались прежними.',
  'TEST.title': 'Проверка от Gastronom',
  'TEST.body': 'Канал работает: уведомления будут приходить сюда.',
  'CONFIRMATION.title': '{code} — ваш код',
  'CONFIRMATION.body':
    'Введите {code}, чтобы получать уведомления Gastronom сюда. Если вы об этом ничего не знаете, ничего не делайте: больше ничего не придёт.',
  'DIGEST.title': '{count, plural, one {# уведомление} few {# уведомления} many {# уведомлений} other {# уведомления}}',
};
