const rfc3339 = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const moment = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', ${rfc3339})`;

/**
 * What is hashed of an entry: a JSON array of all its columns, so that no two entries give one text. It stands here once
 * more than in the database, so that a log whose own functions were changed is still checked by ours.
 */
export const auditText = (entry: string): string => `jsonb_build_array(
  encode(${entry}.previous_hash, 'hex'), ${entry}.seq, ${entry}.id,
  ${moment(`${entry}.occurred_at`)}, ${moment(`${entry}.recorded_at`)},
  ${entry}.actor, ${entry}.ip, ${entry}.user_agent, ${entry}.request_id,
  ${entry}.action, ${entry}.subject_type, ${entry}.subject_id, ${entry}.before, ${entry}.after
)::text`;
