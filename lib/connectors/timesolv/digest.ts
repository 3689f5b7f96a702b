import { digestOf } from "@/lib/kernel/digest";

const CHARACTERS = 16;

/** A short text that changes when the value does, whatever the order of its keys. */
export const digest = (value: unknown): string => digestOf(value, CHARACTERS);

/** The record with a version that is made of all it says: no field of TimeSolv's is known to tell when it changed. */
export const withVersion = <T extends object>(record: T): T & { version: string } => ({
  ...record,
  version: digest(record),
});
