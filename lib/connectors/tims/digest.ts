import { digestOf } from "@/lib/kernel/digest";

/** 48 bits: with 100,000 records, one change in three billion would go unseen. */
const CHARACTERS = 8;

/** A short text that changes when the value does, whatever the order of its keys. */
export const digest = (value: unknown): string => digestOf(value, CHARACTERS);

/** The record with a version: the time of its change, and all that it says, since what TIMS has open changes without it. */
export const withVersion = <T extends object>(
  { modifiedOn }: { readonly modifiedOn: string },
  record: T,
): T & { version: string } => ({ ...record, version: `${modifiedOn} ${digest(record)}` });
