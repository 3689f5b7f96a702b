import { type CanonicalRecord, summarise } from "@/lib/domain/canonical-record";
import { moneyText } from "@/lib/domain/money";
import { RECORD_TYPE_NAMES } from "@/lib/domain/record-type";
import { shorten } from "./problem-sentence";

/** "invoice INV 1042, Harbour Lights, 2026-07-01, 24.01 GBP, draft, posted by Shopify": one record in a line. */
export function describeInLine(record: CanonicalRecord, postedFrom: string): string {
  const { number, label, date, amount } = summarise(record);
  const name = RECORD_TYPE_NAMES[record.recordType].one;
  const status = "status" in record && record.status !== "open" ? record.status : "";
  return [
    record.recordType === "contact" ? name : `${name} ${number || "without a number"}`,
    shorten(label),
    record.recordType === "contact" ? record.email : "",
    date ?? "",
    amount ? `${moneyText(amount)} ${amount.currency}` : "",
    "accountKey" in record && record.accountKey ? `account ${record.accountKey}` : "",
    status,
    postedFrom === "" ? "" : `posted by ${postedFrom}`,
  ]
    .filter((part) => part !== "")
    .join(", ");
}
