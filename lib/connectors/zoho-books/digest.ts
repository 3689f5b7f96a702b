import { digestOf } from "@/lib/kernel/digest";

/** 48 bits: with 100,000 records, one change in three billion would go unseen. */
const CHARACTERS = 8;

/** A short text that changes when the value does, whatever the order of its keys. */
export const digest = (value: unknown): string => digestOf(value, CHARACTERS);

/** Length of every digest. */
export const DIGEST_CHARACTERS = CHARACTERS;
