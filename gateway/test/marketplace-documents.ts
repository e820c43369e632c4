/** What the people of a marketplace send, as their apps would. */
export const documents = {
  syncProducts: 'mutation ($input: SyncProductsInput!) { syncProducts(input: $input) { userErrors { message } } }',
  createSupplier: `mutation ($input: CreateSupplierInput!) { createSupplier(input: $input) {
    supplier { id } userErrors { code message } } }`,
  setDeliveryDays: `mutation ($input: SetDeliveryDaysInput!) { setDeliveryDays(input: $input) {
    supplier { id } userErrors { code message } } }`,
  upsertOffers: `mutation ($input: UpsertOffersInput!) { upsertOffers(input: $input) {
    results { offerId outcome errors { code message } } userErrors { code message } } }`,
  createWebhook: `mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) {
    secret userErrors { code message } } }`,
  beginOnboarding: `mutation ($input: BeginPaymentOnboardingInput!) { beginPaymentOnboarding(input: $input) {
    url account { transfersEnabled } userErrors { code message } } }`,
  addToCart: `mutation ($input: AddToCartInput!) { addToCart(input: $input) {
    cart { total { amount } lines { name quantity addedBy { id } } } userErrors { code message } } }`,
  placeOrder: `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) {
    replayed order { id number status total { amount } supplierOrders { id supplierName isHouse status version deliverOn
      total { amount } lines { id name quantity total { amount } } } }
    payment { paymentId clientSecret } findings { code message } userErrors { code message } } }`,
  confirm: `mutation ($input: ConfirmSupplierOrderInput!) { confirmSupplierOrder(input: $input) {
    supplierOrder { status } userErrors { code message } } }`,
  reject: `mutation ($input: EndSupplierOrderInput!) { rejectSupplierOrder(input: $input) {
    supplierOrder { status } userErrors { code message } } }`,
  cancel: `mutation ($input: EndSupplierOrderInput!) { cancelSupplierOrder(input: $input) {
    supplierOrder { status } userErrors { code message } } }`,
  ship: `mutation ($input: ShipSupplierOrderInput!) { shipSupplierOrder(input: $input) {
    supplierOrder { status } userErrors { code message } } }`,
  markDelivered: `mutation ($input: MarkDeliveredInput!) { markDelivered(input: $input) {
    delivery { id total { amount } } supplierOrder { status } userErrors { code message } } }`,
  refund: `mutation ($input: RefundSupplierOrderInput!) { refundSupplierOrder(input: $input) {
    userErrors { code message } } }`,
  order: `query ($id: ID!) { order(id: $id) { status
    supplierOrders { supplierName isHouse status deliveredTotal { amount } deliveries { complete }
      lines { name quantity confirmedQuantity receivedQuantity damagedQuantity } }
    payment { status amount { amount } refunded { amount } refunds { status }
      parts { supplierOrderId amount { amount } refunded { amount } } } } }`,
  settlement: `query ($id: ID!) { supplierOrder(id: $id) { settlement { status paid { amount } refunded { amount }
    owed { amount } transferred { amount } reversed { amount } } } }`,
  scorecard: `query ($id: ID!) { supplier(id: $id) { scorecards(period: QUARTER, count: 1) {
    orders onTime inFull otif fillRate rejectedQuantity responseHours
    details { promised onTimeOrders inFullOrders rejectedOrders lines answers } } } }`,
  shelf: '{ productsBySku(skus: ["TEA", "RICE"]) { sku availableOnline } }',
  stockLedger: `query ($sku: String!) { stockLedger(sku: $sku, first: 50) { nodes {
    reason fromQuantity toQuantity fromReserved toReserved } } }`,
  paymentLedger: '{ paymentLedger { account balance { amount } } }',
} as const;
