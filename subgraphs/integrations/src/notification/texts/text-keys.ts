/** The texts of a catalogue, as ICU MessageFormat. A kind of notification has a title and a body. */
export type Catalogue = Readonly<
  Record<
    | `${
        | 'ORDER_RECEIVED'
        | 'ORDER_PLACED'
        | 'ORDER_CHANGED'
        | 'ORDER_CANCELLED'
        | 'DELIVERY_MARKED'
        | 'APPROVAL_REQUESTED'
        | 'STANDING_ORDER_FAILED'
        | 'PAYMENT_CHANGED'
        | 'INVOICE_MATCHED'
        | 'WEBHOOK_DISABLED'
        | 'PRICE_ALERT'
        | 'PRICE_PAGE_FAILING'
        | 'TEST'
        | 'CONFIRMATION'}.${'title' | 'body'}`
    | 'DIGEST.title',
    string
  >
>;
