import type { Catalogue } from './text-keys.ts';

export const swedish: Catalogue = {
  'ORDER_RECEIVED.title': 'Ny beställning {number}',
  'ORDER_RECEIVED.body':
    '{buyer, select, none {En kund} other {{buyer}}} har beställt {lines, plural, one {# vara} other {# varor}} för {total}.{deliverOn, select, none {} other { Levereras {deliverOn}.}}',
  'ORDER_PLACED.title': 'Beställning {number} är lagd',
  'ORDER_PLACED.body':
    '{lines, plural, one {# vara} other {# varor}} för {total}, från {suppliers, plural, one {en leverantör} other {# leverantörer}}. Vi hör av oss när något händer.',
  'ORDER_CHANGED.title':
    '{to, select, CONFIRMED {Beställning {number} är bekräftad} PARTLY_CONFIRMED {Beställning {number} är delvis bekräftad} REJECTED {Beställning {number} har avböjts} SHIPPED {Beställning {number} är på väg} CANCELLED {Beställning {number} är avbeställd} other {Beställning {number} har ändrats}}',
  'ORDER_CHANGED.body':
    '{to, select, CONFIRMED {{supplier, select, none {Leverantören} other {{supplier}}} levererar allt du har beställt.} PARTLY_CONFIRMED {{supplier, select, none {Leverantören} other {{supplier}}} kan inte leverera allt du har beställt: se beställningen.} REJECTED {{supplier, select, none {Leverantören} other {{supplier}}} levererar inte den här beställningen.} SHIPPED {{supplier, select, none {Leverantören} other {{supplier}}} har skickat den.} CANCELLED {Den kommer inte att levereras{supplier, select, none {} other { av {supplier}}}.} other {Se beställningen.}}{reason, select, none {} other { Orsak: {reason}}}',
  'ORDER_CANCELLED.title': 'Beställning {number} är avbeställd',
  'ORDER_CANCELLED.body':
    '{buyer, select, none {Kunden} other {{buyer}}} vill inte längre ha den levererad.{reason, select, none {} other { Orsak: {reason}}}',
  'DELIVERY_MARKED.title':
    '{differences, plural, =0 {Leveransen av beställning {number} är mottagen} other {Leveransen av beställning {number} har avvikelser}}',
  'DELIVERY_MARKED.body':
    '{corrected, select, yes {Tidigare uppgifter har rättats. } other {}}{differences, plural, =0 {Allt som skulle komma har kommit.} other {{short, plural, =0 {} one {# vara saknades helt eller delvis. } other {# varor saknades helt eller delvis. }}{damaged, plural, =0 {} one {# vara var skadad. } other {# varor var skadade. }}Se leveransen.}}',
  'APPROVAL_REQUESTED.title': 'Beställning {number} väntar på ditt godkännande',
  'APPROVAL_REQUESTED.body': 'Den uppgår till {total} och går till leverantörerna så snart du har godkänt den.',
  'STANDING_ORDER_FAILED.title':
    '{reason, select, INCOMPLETE {”{name}” beställdes bara delvis} other {”{name}” beställdes inte}}',
  'STANDING_ORDER_FAILED.body':
    '{reason, select, INCOMPLETE {I beställning {number} saknas {count, plural, one {# vara} other {# varor}}: {goods}.} NOTHING_ORDERABLE {Det här går inte att beställa just nu: {goods}.} NOT_RESERVED {Det här är slutsålt: {goods}.} MISSED {Vi kunde inte beställa på flera timmar: beställ själv det du fortfarande behöver.} APPROVAL_EXPIRED {Beställning {number} godkändes inte i tid.} DECLINED {Beställning {number} avslogs.} other {Något gick fel hos oss: beställ själv det du fortfarande behöver.}}',
  'PAYMENT_CHANGED.title':
    '{outcome, select, PAID {Beställning {number} är betald} FAILED {Betalningen av beställning {number} misslyckades} REFUNDED {Pengar tillbaka för beställning {number}} CHARGED_BACK {Betalningen av beställning {number} har återkrävts} other {Betalningen av beställning {number} är bestridd}}',
  'PAYMENT_CHANGED.body':
    '{outcome, select, PAID {Vi har tagit emot {amount}.} FAILED {{amount} kunde inte dras. Försök igen eller betala på ett annat sätt.} REFUNDED {{amount} betalas tillbaka dit pengarna kom ifrån.} CHARGED_BACK {Banken har återkrävt {amount}.} other {{shop, select, yes {Banken har frågor om {amount}: lämna underlag i Stripes kontrollpanel före den dag som anges där.} other {Banken har frågor om {amount}. Vi hör av oss.}}}}',
  'INVOICE_MATCHED.title':
    '{differs, select, yes {Faktura {number} avviker från beställningen} other {Faktura {number} stämmer med beställningen}}',
  'INVOICE_MATCHED.body': 'Totalt {total}.{differs, select, yes { Prisskillnaden är {variance}.} other {}}',
  'WEBHOOK_DISABLED.title': 'En webhook har stängts av',
  'WEBHOOK_DISABLED.body':
    '{reason, select, GONE {{host} svarade att det inte finns något där längre.} other {Vi har inte nått {host} på länge och försöker inte mer. Slå på den igen när den svarar.}}',
  'PRICE_ALERT.title': '{backInStock, select, yes {{product} finns i lager igen: {price}} other {{product}: {price}}}',
  'PRICE_ALERT.body':
    '{store} {backInStock, select, yes {har den igen för {price}} other {tar {price}}}{before, select, none {} other {, tidigare {before}}}.{target, select, none {} other { Ditt målpris är {target}.}}{drop, select, none {} other { Det är {drop} % mindre.}}{fall, select, none {} other { Det är {fall} % under {highest}, det högsta på {fallDays, plural, one {# dag} other {# dagar}}.}}{lowDays, select, none {} other { Det är det lägsta på {lowDays, plural, one {# dag} other {# dagar}}.}}{others, select, none {} other { På andra håll: {others}.}}',
  'PRICE_PAGE_FAILING.title':
    '{store}: {count, plural, one {en sida går inte att läsa} other {# sidor går inte att läsa}}',
  'PRICE_PAGE_FAILING.body':
    '{outcome, select, GONE {Sidan för ”{product}” finns inte längre} BLOCKED {Butiken låter oss inte se sidan för ”{product}”} NO_PRICE {Vi hittar inget pris på sidan för ”{product}”} other {Vi kan inte hämta sidan för ”{product}”}}{more, plural, =0 {} one {, och det gäller # sida till} other {, och det gäller # sidor till}}. Vi har försökt {failures, plural, one {en gång} other {# gånger i rad}}. De senaste priserna står kvar.',
  'TEST.title': 'Ett test från Gastronom',
  'TEST.body': 'Kanalen fungerar: det du vill få veta kommer hit.',
  'CONFIRMATION.title': '{code} är din kod',
  'CONFIRMATION.body':
    'Ange {code} för att få aviseringar från Gastronom hit. Känner du inte till detta behöver du inte göra något, och inget mer kommer.',
  'DIGEST.title': '{count, plural, one {# avisering} other {# aviseringar}}',
};
