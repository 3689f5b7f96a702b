/** What a person does with a record in Xero, each as the call of the API that has the same rules. */
import { changedBody, changedFields, changedLines, lineFields, NOTHING_CHANGED, rowsOf } from "../edits";
import type { Act, Desk, FormField } from "../kinds";
import { textAt, type Wire } from "../wire";

/** How a kind of record is addressed. */
export interface Addressed {
  readonly plural: string;
  readonly idField: string;
}

export function statusOf(record: Wire): string {
  return textAt(record, "Status");
}

/** One button that moves a record to a status. */
export function statusAct(
  { plural, idField }: Addressed,
  act: {
    slug: string;
    label: string;
    from: readonly string[];
    to: string;
    field?: string;
  },
): Act {
  const field = act.field ?? "Status";
  return {
    slug: act.slug,
    label: act.label,
    fits: (record) => act.from.includes(textAt(record, field)),
    run: ({ desk, id }) =>
      desk.ask("POST", `/${plural}/${id}`, { body: { [plural]: [{ [idField]: id, [field]: act.to }] } }),
  };
}

const LINE_COLUMNS = [
  ["Description", "Description", "text"],
  ["Quantity", "Quantity", "amount"],
  ["UnitAmount", "Unit price", "amount"],
] as const;

/** A form with the fields of a record, and with its lines where it has some that can be named. */
export function editAct(
  { plural, idField }: Addressed,
  fieldsOf: (record: Wire) => readonly FormField[],
  parts: { readonly lines: boolean; fits(record: Wire): boolean },
): Act {
  const fields = (record: Wire): readonly FormField[] => [
    ...fieldsOf(record),
    ...(parts.lines ? lineFields(record, "LineItems", LINE_COLUMNS) : []),
  ];
  return {
    slug: "edit",
    label: "Edit",
    fits: parts.fits,
    fields,
    run({ desk, id, record, form }) {
      const changed = changedFields(fields(record), form);
      if (changed.size === 0) return NOTHING_CHANGED;
      const lines = changedLines(record, "LineItems", changed, (line) => ({
        LineItemID: textAt(line, "LineItemID"),
      }));
      const body = {
        [idField]: id,
        ...changedBody(record, changed),
        ...(lines === null ? {} : { LineItems: lines }),
      };
      return desk.ask("POST", `/${plural}/${id}`, { body: { [plural]: [body] } });
    },
  };
}

/** Records a payment of an invoice or bill, or the refund of a credit note. */
export function payAct(
  target: "Invoice" | "CreditNote",
  label: string,
  openAt: "AmountDue" | "RemainingCredit",
): Act {
  return {
    slug: "pay",
    label,
    fits: (record) => ["AUTHORISED", "PAID"].includes(statusOf(record)),
    fields: (record, desk) => [
      { name: "amount", label: "Amount", type: "amount", value: textAt(record, openAt) },
      { name: "date", label: "Date", type: "date", value: desk.today },
      {
        name: "account",
        label: "Account",
        type: "select",
        value: "",
        options: payingAccounts(desk),
      },
      { name: "reference", label: "Reference", type: "text", value: "" },
    ],
    run({ desk, id, form }) {
      const reference = form.get("reference")?.trim() ?? "";
      return desk.ask("PUT", "/Payments", {
        body: {
          [target]: { [`${target}ID`]: id },
          Account: { AccountID: form.get("account") ?? "" },
          Date: form.get("date") ?? "",
          Amount: form.get("amount")?.trim() ?? "",
          ...(reference === "" ? {} : { Reference: reference }),
        },
      });
    },
  };
}

function payingAccounts(desk: Desk): readonly (readonly [string, string])[] {
  return rowsOf(desk, "/Accounts", "Accounts")
    .filter(
      (account) =>
        statusOf(account) === "ACTIVE" &&
        (textAt(account, "Type") === "BANK" || account.EnablePaymentsToAccount === true),
    )
    .map((account) => [
      textAt(account, "AccountID"),
      `${textAt(account, "Code")} ${textAt(account, "Name")} ${textAt(account, "CurrencyCode")}`.trim(),
    ]);
}
