import { z } from "zod";
import type { Decimal } from "@/lib/kernel/decimal";
import { moneySchema } from "./json-edge";
import type { Money } from "./money";
import type { SettledDocument } from "./settlement";

/**
 * What a ledger books for one record, in the currency of the record and in its own base currency: debits positive,
 * credits negative. In the base currency the lines of a record sum to zero; a line that only evens out roundings or
 * rates has nothing in the record's own currency.
 */
export const bookedLineSchema = z.object({
  /** The ledger's key of the account, or the name of a control account that the ledger did not list. */
  accountKey: z.string(),
  taxKey: z.string().nullable(),
  amount: moneySchema,
  base: moneySchema,
});
export type BookedLine = z.output<typeof bookedLineSchema>;

/** A JSON column: null where the ledger's own rate decides, which is not known beforehand. */
export const bookedSchema = z.array(bookedLineSchema).nullable();

/** A document as it stands when a settlement of it is booked: what is settled leaves at the document's own rate. */
export interface SettledState extends Pick<SettledDocument, "recordType" | "id"> {
  readonly gross: Money;
  /** Base units for one unit of the document's currency; null in base currency or when unknown. */
  readonly fxRate: Decimal | null;
  /** Each settlement before this one, planned ones included. */
  readonly earlier: readonly Money[];
}
