/** Deliveries that a process has in hand at a time. They wait for others: they cost sockets, and little else. */
export const inHandAtOnce = 256;
/** How many of them to endpoints whose last try failed, so that those who do not answer take no places of those who do. */
export const failingAtOnce = 128;
/** How many of them to one endpoint. */
export const endpointConnections = 16;
