/** What a person does with a record in Zoho, each as the call of the API that has the same rules. */
import { changedBody, changedFields, changedLines, lineFields, NOTHING_CHANGED, rowsOf } from "../edits";
import type { Act, Desk, FormField } from "../kinds";
import { rowsAt, textAt, valueAt, type Wire } from "../wire";

export const statusOf = (record: Wire): string => textAt(record, "status");

/** A button that posts to an address of the record, offered in some statuses, or in all but some. */
export function stepAct(act: {
  readonly slug: string;
  readonly label: string;
  readonly method?: "POST" | "DELETE";
  readonly path: (id: string) => string;
  readonly fits: (status: string) => boolean;
  readonly body?: Wire;
}): Act {
  return {
    slug: act.slug,
    label: act.label,
    fits: (record) => act.fits(statusOf(record)),
    run: ({ desk, id }) =>
      desk.ask(act.method ?? "POST", act.path(id), act.body === undefined ? {} : { body: act.body }),
  };
}

/** Deletes the record at an address; Zoho says whether it may. */
export const deleteAct = (path: string): Act =>
  stepAct({
    slug: "delete",
    label: "Delete",
    method: "DELETE",
    path: (id) => `${path}/${id}`,
    fits: () => true,
  });

/** What Zoho has for archiving. */
export const activityActs = (path: string): readonly Act[] => [
  stepAct({
    slug: "archive",
    label: "Mark as inactive",
    path: (id) => `${path}/${id}/inactive`,
    fits: (status) => status === "active",
  }),
  stepAct({
    slug: "restore",
    label: "Mark as active",
    path: (id) => `${path}/${id}/active`,
    fits: (status) => status === "inactive",
  }),
];

const LINE_COLUMNS = [
  ["description", "Description", "text"],
  ["quantity", "Quantity", "amount"],
  ["rate", "Rate", "amount"],
] as const;
/** What a line keeps of itself when it is sent back. */
const LINE_KEPT = [
  ...["line_item_id", "item_id", "name", "description", "rate", "quantity", "unit"],
  ...["discount", "tax_id", "account_id"],
];

function keptLine(line: Wire): Wire {
  const kept: Record<string, unknown> = {};
  for (const name of LINE_KEPT) if (textAt(line, name) !== "") kept[name] = line[name];
  const tags = rowsAt(line, "tags").map(({ tag_id, tag_option_id }) => ({ tag_id, tag_option_id }));
  return tags.length === 0 ? kept : { ...kept, tags };
}

/** A form with the fields of a record, and with its lines where it has some. */
export function editAct(
  path: (id: string) => string,
  fieldsOf: (record: Wire) => readonly FormField[],
  parts: { readonly lines: boolean; readonly fits?: (record: Wire) => boolean },
): Act {
  const fields = (record: Wire): readonly FormField[] => [
    ...fieldsOf(record),
    ...(parts.lines ? lineFields(record, "line_items", LINE_COLUMNS) : []),
  ];
  return {
    slug: "edit",
    label: "Edit",
    fits: parts.fits ?? (() => true),
    fields,
    run({ desk, id, record, form }) {
      const changed = changedFields(fields(record), form);
      if (changed.size === 0) return NOTHING_CHANGED;
      const lines = changedLines(record, "line_items", changed, keptLine);
      const body = { ...changedBody(record, changed), ...(lines === null ? {} : { line_items: lines }) };
      return desk.ask("PUT", path(id), { body });
    },
  };
}

const PAYMENT_MODES = ["banktransfer", "cash", "check", "creditcard"] as const;

/** Records a payment received for an invoice, or made for a bill. */
export function payAct(side: "invoice" | "bill"): Act {
  return {
    slug: "pay",
    label: "Record a payment",
    fits: (record) => !["draft", "void", "paid", "pending_approval"].includes(statusOf(record)),
    fields: (record, desk) => [
      { name: "amount", label: "Amount", type: "amount", value: textAt(record, "balance") },
      { name: "date", label: "Date", type: "date", value: desk.today },
      {
        name: "mode",
        label: "Payment mode",
        type: "select",
        value: "banktransfer",
        options: PAYMENT_MODES.map((mode) => [mode, mode] as const),
      },
      {
        name: "account",
        label: side === "invoice" ? "Deposit to" : "Paid through",
        type: "select",
        value: "",
        options: bankAccounts(desk),
      },
      { name: "reference", label: "Reference", type: "text", value: "" },
    ],
    run({ desk, id, record, form }) {
      const typed = (name: string): string => form.get(name)?.trim() ?? "";
      const shared = {
        payment_mode: typed("mode"),
        date: typed("date"),
        amount: typed("amount"),
        reference_number: typed("reference"),
      };
      const applied = typed("amount");
      return side === "invoice"
        ? desk.ask("POST", "/books/customerpayments", {
            body: {
              ...shared,
              customer_id: valueAt(record, "customer_id"),
              account_id: typed("account"),
              invoices: [{ invoice_id: id, amount_applied: applied }],
            },
          })
        : desk.ask("POST", "/books/vendorpayments", {
            body: {
              ...shared,
              vendor_id: valueAt(record, "vendor_id"),
              paid_through_account_id: typed("account"),
              bills: [{ bill_id: id, amount_applied: applied }],
            },
          });
    },
  };
}

function bankAccounts(desk: Desk): readonly (readonly [string, string])[] {
  return rowsOf(desk, "/books/bankaccounts", "bankaccounts").map((account) => [
    textAt(account, "account_id"),
    `${textAt(account, "account_name")} (${textAt(account, "currency_code")})`,
  ]);
}
