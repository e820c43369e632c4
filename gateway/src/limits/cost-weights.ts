/** What counts how much in an operation's cost. An object is 1 and a scalar 0; here is what differs. */
export const weights = {
  /** Rows of a list where the operation does not say how many, and the most that a list gives. */
  page: 20,
  longestPage: 100,
  /** Rows that a list without pages is taken to have. */
  list: 5,
  /** A write: its transaction, whatever it returns. */
  mutation: 10,
  /** Each row that a sync brings. A thousand come and are answered in one statement a table. */
  syncRow: 0.1,
  /** Words to search for. */
  search: 20,
  /** A count of all that matches, however short the page. */
  totalCount: 10,
  /** Of an object, where the schema is asked for itself: nothing is fetched. */
  introspection: 0.01,
} as const;

/**
 * Fields that cost more than their answer shows: they look at every good, at a long log, ask another part for each row, or
 * have something sent.
 */
export const dearFields: Readonly<Record<string, number>> = {
  'Query.stockBufferImpact': 200,
  'Query.auditVerification': 1_000,
  'Mutation.inviteMember': 1_000,
  'Mutation.repairReservedTotals': 500,
  'Mutation.sendTestEvent': 100,
  'Mutation.redeliverWebhook': 100,
  'Mutation.redeliverFailedWebhooks': 1_000,
  'Mutation.testNotificationChannel': 100,
  // A code goes to an address that is not confirmed: nobody is to have many sent to others.
  'Mutation.createNotificationChannel': 250,
  'Mutation.updateNotificationChannel': 100,
  // Stripe is asked while somebody waits; the ledger is summed up; a week of Stripe's balance is read.
  'Mutation.beginPaymentOnboarding': 100,
  'Mutation.payOrder': 50,
  'Mutation.reconcilePayments': 500,
  'PaymentAccount.payouts': 50,
  'Query.paymentLedger': 200,
  // Another server is asked while somebody waits.
  'Query.searchProducts': 50,
  'Mutation.quickAddByUrl': 50,
  'Mutation.bulkImportUrls': 500,
  'Mutation.refreshTrackedProduct': 50,
  'Mutation.refreshStore': 250,
  'Mutation.scrape': 100,
  'Mutation.confirmCatalogueLink': 20,
  'Mutation.testStore': 100,
  // Everything that is watched is counted, or a month of looks at pages.
  'PriceDashboard.totals': 20,
  'PriceDashboard.groups': 50,
  'PriceDashboard.stores': 100,
  'PriceDashboard.throughput': 100,
  'StandingOrderNextRun.suppliers': 10,
  'StandingOrderNextRun.findings': 10,
};

/** Lists that are longer or shorter than `weights.list`. What a sync answers is paid for by the rows it brings. */
export const listSizes: Readonly<Record<string, number>> = {
  'Query.categories': 20,
  'Query.trackedTags': 50,
  'PriceDashboard.spotlight': 10,
  'PriceDashboard.groups': 20,
  'PriceDashboard.stores': 50,
  'CheckThroughput.hours': 24,
  'SyncPayload.results': 1,
  'UpsertOffersPayload.results': 1,
};

/** Lists of the things whose keys are given, and where the keys stand. */
export const listedKeys: Readonly<Record<string, readonly string[]>> = {
  'Query.productsBySku': ['skus'],
};

/** Where the rows stand that a sync brings. */
export const syncedRows: readonly string[] = ['input', 'items'];

/** Where lists and suggestions take the words to search for. */
export const searchedText: Readonly<Record<string, readonly string[]>> = {
  filter: ['filter', 'text'],
  text: ['text'],
};
