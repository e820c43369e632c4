const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether an id that a client sent can be compared with a uuid column at all. */
export const isUUID = (text: string): boolean => pattern.test(text);

/** Whether an id that a client sent can be compared with a bigint column at all. */
export const isBigintId = (text: string): boolean => /^\d{1,18}$/.test(text);
