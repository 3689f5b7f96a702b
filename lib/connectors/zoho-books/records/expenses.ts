import {
  idIn,
  NOTHING,
  quarantine,
  readOrQuarantine,
  readRecord,
} from "@/lib/connectors/contract/unreadable";
import type { BankTransaction } from "@/lib/domain/document";
import { getOrNull, type ZohoClient } from "../client";
import { expenseVersion, toBankTransaction } from "../translate/expense";
import { expenseRowSchema, wireExpenseSchema } from "../wire/expense";
import type { RowKind } from "./pull-rows";

/**
 * Expenses. The list has no filter by time and its rows may have no modified time, so it is walked whole. Deposits and
 * other money that was entered on a bank account directly are not read (README.md says why).
 */
export const EXPENSES: RowKind = {
  recordType: "bankTransaction",
  path: "/expenses",
  listKeys: ["expenses"],
  takesModifiedTime: false,
  order: { sort_column: "created_time", sort_order: "A" },
  versionOf(payload) {
    const row = expenseRowSchema.safeParse(payload);
    if (!row.success || row.data.last_modified_time === null) return null;
    return { id: row.data.expense_id, version: expenseVersion(row.data) };
  },
  async readRow(client, payload) {
    const id = idIn(payload, "expense_id");
    if (id === null) return { records: [], quarantined: [withoutId(payload)] };
    const body = await getOrNull(client, `/expenses/${encodeURIComponent(id)}`);
    if (body === null) return NOTHING;
    return readOrQuarantine("bankTransaction", id, body.expense, () => [
      toBankTransaction(readRecord(wireExpenseSchema, "expense", body.expense)),
    ]);
  },
};

const withoutId = (payload: unknown) =>
  quarantine(
    "bankTransaction",
    null,
    payload,
    'The field "expense_id" of this expense cannot be read: there is none.',
  );

/** One expense, for get; null when there is none of that id. Throws UnreadableRecord. */
export async function getExpense(client: ZohoClient, id: string): Promise<BankTransaction | null> {
  const body = await getOrNull(client, `/expenses/${encodeURIComponent(id)}`);
  return body === null ? null : toBankTransaction(readRecord(wireExpenseSchema, "expense", body.expense));
}
