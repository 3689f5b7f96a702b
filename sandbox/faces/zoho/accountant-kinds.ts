/** Journals and bank accounts, in the words of Zoho Books. */
import type { Column, Kind } from "../kinds";
import { textAt } from "../wire";
import { deleteAct, editAct, stepAct } from "./zoho-acts";
import {
  CURRENCY,
  containing,
  dayField,
  MODIFIED,
  REFERENCE,
  STATUS,
  TOTAL,
  textField,
  zohoKind,
} from "./zoho-kinds";

export function journalKind(): Kind {
  const path = "/books/journals";
  const date: Column = { label: "Date", at: "journal_date", as: "day" };
  const columns: readonly Column[] = [
    { label: "Number", at: "entry_number" },
    date,
    REFERENCE,
    { label: "Notes", at: "notes" },
    STATUS,
    TOTAL,
  ];
  return {
    ...zohoKind({ path, listKey: "journals", oneKey: "journal", idKey: "journal_id" }, containing),
    slug: "journals",
    many: "Manual journals",
    one: "Journal",
    group: "Accountant",
    searches: [
      ["entry_number", "Number"],
      ["reference_number", "Reference"],
      ["notes", "Notes"],
    ],
    titleOf: (record) => textAt(record, "entry_number"),
    columns,
    facts: [...columns.slice(1), CURRENCY, MODIFIED],
    lines: {
      at: "line_items",
      columns: [
        { label: "Account", at: "account_name" },
        { label: "Description", at: "description" },
        { label: "Contact", at: "customer_name" },
        { label: "Debit", at: (line) => sideOf(line, "debit"), as: "amount" },
        { label: "Credit", at: (line) => sideOf(line, "credit"), as: "amount" },
      ],
    },
    acts: [
      editAct(
        (id) => `${path}/${id}`,
        (record) => [
          textField(record, "reference_number", "Reference"),
          textField(record, "notes", "Notes"),
          dayField(record, "journal_date", "Date"),
        ],
        { lines: false },
      ),
      stepAct({
        slug: "approve",
        label: "Publish",
        path: (id) => `${path}/${id}/status/publish`,
        fits: (status) => status === "draft",
      }),
      deleteAct(path),
    ],
  };
}

function sideOf(line: Readonly<Record<string, unknown>>, side: string): string {
  return textAt(line, "debit_or_credit") === side ? textAt(line, "amount") : "";
}

/** Zoho's API has no bank transactions in this sandbox; its bank accounts are what there is of banking. */
export function bankAccountKind(): Kind {
  const path = "/books/bankaccounts";
  const columns: readonly Column[] = [
    { label: "Account", at: "account_name" },
    { label: "Code", at: "account_code" },
    { label: "Type", at: "account_type" },
    { label: "Bank", at: "bank_name" },
    { label: "Number", at: "account_number" },
    CURRENCY,
    { label: "Active", at: "is_active" },
  ];
  const active = (record: Readonly<Record<string, unknown>>): boolean =>
    textAt(record, "is_active") === "true";
  return {
    ...zohoKind({ path, listKey: "bankaccounts", oneKey: "bankaccount", idKey: "account_id" }, () => ({})),
    slug: "bank-accounts",
    many: "Bank accounts",
    one: "Bank account",
    group: "Accountant",
    searches: [],
    titleOf: (record) => textAt(record, "account_name"),
    columns,
    facts: columns.slice(1),
    acts: [
      {
        slug: "archive",
        label: "Mark as inactive",
        fits: active,
        run: ({ desk, id }) => desk.ask("POST", `${path}/${id}/inactive`),
      },
      {
        slug: "restore",
        label: "Mark as active",
        fits: (record) => !active(record),
        run: ({ desk, id }) => desk.ask("POST", `${path}/${id}/active`),
      },
    ],
  };
}
