import type { ValueTransformer } from 'typeorm';

/** Amounts in the smallest unit are bigint in the database as in the code. */
export const units: ValueTransformer = {
  from: (value: string | null) => (value === null ? null : BigInt(value)),
  to: (value: bigint | null | undefined) => (value === null || value === undefined ? value : value.toString()),
};
