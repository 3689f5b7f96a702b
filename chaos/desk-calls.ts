import { z } from "zod";
import type { Decimal } from "@/lib/kernel/decimal";
import { invariant } from "@/lib/kernel/invariant";

/** What whoever works in Zoho Books over its API needs: calls, lists, ids by name. */
export interface Desk {
  /** Throws with Zoho's words where it refuses. */
  call(method: string, path: string, body?: object): Promise<Answer>;
  /** Every row of a list. */
  list(path: string, key: string): Promise<Answer[]>;
}

export const answerSchema = z.record(z.string(), z.unknown());
export type Answer = z.output<typeof answerSchema>;

const FOREIGN = { code: "EUR", rate: "0.86" } as const;

/** The id, or another field, of the record that an answer holds under a name. */
export const fieldOf = (answer: Answer, record: string, field: string): string =>
  String(answerSchema.parse(answer[record])[field]);

export async function idByName(desk: Desk, path: string, key: string, nameField: string, idField: string) {
  const rows = await desk.list(path, key);
  return (name: string): string => {
    const row = rows.find((one) => one[nameField] === name);
    invariant(row, `Zoho Books has no ${nameField} "${name}"`);
    return String(row[idField]);
  };
}

export const share = (open: Decimal, percent: number): Decimal =>
  open.times(percent).dividedBy(100).toDecimalPlaces(2);

export async function foreignCurrency(desk: Desk): Promise<string> {
  const rows = await desk.list("/settings/currencies", "currencies");
  const known = rows.find((row) => row.currency_code === FOREIGN.code);
  if (known) return String(known.currency_id);
  const made = await desk.call("POST", "/settings/currencies", {
    currency_code: FOREIGN.code,
    currency_symbol: "€",
    price_precision: 2,
    currency_format: "1,234,567.89",
  });
  const id = fieldOf(made, "currency", "currency_id");
  const rate = { effective_date: "2026-01-01", rate: Number(FOREIGN.rate) };
  await desk.call("POST", `/settings/currencies/${id}/exchangerates`, rate);
  return id;
}
