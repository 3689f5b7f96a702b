/** Invoices, credit notes and payments received, in the words of Zoho Books. */
import { rowsOf } from "../edits";
import type { Column, Kind } from "../kinds";
import { rowsAt, textAt } from "../wire";
import { deleteAct, editAct, payAct, statusOf, stepAct } from "./zoho-acts";
import {
  CURRENCY,
  CUSTOMER,
  containing,
  DATE,
  dayField,
  historySection,
  LINE_COLUMNS,
  MODIFIED,
  REFERENCE,
  rowsSection,
  STATUS,
  SUMS,
  TOTAL,
  textField,
  zohoKind,
} from "./zoho-kinds";

const BALANCE: Column = { label: "Balance", at: "balance", as: "amount" };
const GROUP = "Sales";

export function invoiceKind(): Kind {
  const path = "/books/invoices";
  const dueDate: Column = { label: "Due date", at: "due_date", as: "day" };
  return {
    ...zohoKind({ path, listKey: "invoices", oneKey: "invoice", idKey: "invoice_id" }, containing),
    slug: "invoices",
    many: "Invoices",
    one: "Invoice",
    group: GROUP,
    searches: [
      ["invoice_number", "Number"],
      ["customer_name", "Customer"],
      ["reference_number", "Reference"],
    ],
    titleOf: (record) => textAt(record, "invoice_number"),
    columns: [
      { label: "Number", at: "invoice_number" },
      REFERENCE,
      CUSTOMER,
      DATE,
      dueDate,
      STATUS,
      BALANCE,
      TOTAL,
      CURRENCY,
    ],
    facts: [
      CUSTOMER,
      STATUS,
      DATE,
      dueDate,
      REFERENCE,
      CURRENCY,
      { label: "Exchange rate", at: "exchange_rate" },
      { label: "Amounts include tax", at: "is_inclusive_tax" },
      { label: "Notes", at: "notes" },
      MODIFIED,
    ],
    lines: { at: "line_items", columns: LINE_COLUMNS },
    totals: [
      ...SUMS,
      { label: "Payments", at: "payment_made", as: "amount" },
      { label: "Credits", at: "credits_applied", as: "amount" },
      BALANCE,
    ],
    acts: [
      editAct(
        (id) => `${path}/${id}`,
        (record) => [
          dayField(record, "due_date", "Due date"),
          textField(record, "reference_number", "Reference"),
          textField(record, "notes", "Notes"),
        ],
        { lines: true, fits: (record) => statusOf(record) !== "void" },
      ),
      stepAct({
        slug: "approve",
        label: "Mark as sent",
        path: (id) => `${path}/${id}/status/sent`,
        fits: (status) => status === "draft" || status === "approved",
      }),
      stepAct({
        slug: "void",
        label: "Void",
        path: (id) => `${path}/${id}/status/void`,
        fits: (status) => status !== "void",
      }),
      stepAct({
        slug: "draft",
        label: "Convert to draft",
        path: (id) => `${path}/${id}/status/draft`,
        fits: (status) => status === "void",
      }),
      deleteAct(path),
      payAct("invoice"),
    ],
    sections: (desk, id, record) => [
      ...rowsSection(
        desk,
        "Payments received",
        [
          {
            label: "Payment",
            at: (row) => textAt(row, "payment_number") || textAt(row, "payment_id"),
            link: (row) => `${desk.base}/payments-received/${textAt(row, "payment_id")}`,
          },
          DATE,
          { label: "Mode", at: "payment_mode" },
          REFERENCE,
          { label: "Amount", at: "amount", as: "amount" },
        ],
        rowsOf(desk, `${path}/${id}/payments`, "payments"),
        textAt(record, "currency_code"),
      ),
      ...rowsSection(
        desk,
        "Credits applied",
        [
          {
            label: "Credit note",
            at: (row) => textAt(row, "creditnotes_number") || textAt(row, "creditnote_number"),
            link: (row) => `${desk.base}/credit-notes/${textAt(row, "creditnote_id")}`,
          },
          { label: "Date", at: "credited_date", as: "day" },
          { label: "Amount", at: "amount_applied", as: "amount" },
        ],
        rowsOf(desk, `${path}/${id}/creditsapplied`, "credits"),
        textAt(record, "currency_code"),
      ),
      ...historySection(desk, `${path}/${id}`),
    ],
  };
}

export function creditNoteKind(): Kind {
  const path = "/books/creditnotes";
  return {
    ...zohoKind({ path, listKey: "creditnotes", oneKey: "creditnote", idKey: "creditnote_id" }, containing),
    slug: "credit-notes",
    many: "Credit notes",
    one: "Credit note",
    group: GROUP,
    searches: [
      ["creditnote_number", "Number"],
      ["customer_name", "Customer"],
      ["reference_number", "Reference"],
    ],
    titleOf: (record) => textAt(record, "creditnote_number"),
    columns: [
      { label: "Number", at: "creditnote_number" },
      REFERENCE,
      CUSTOMER,
      DATE,
      STATUS,
      BALANCE,
      TOTAL,
      CURRENCY,
    ],
    facts: [CUSTOMER, STATUS, DATE, REFERENCE, CURRENCY, { label: "Notes", at: "notes" }, MODIFIED],
    lines: { at: "line_items", columns: LINE_COLUMNS },
    totals: [...SUMS, BALANCE],
    acts: [
      editAct(
        (id) => `${path}/${id}`,
        (record) => [dayField(record, "date", "Date"), textField(record, "reference_number", "Reference")],
        { lines: true, fits: (record) => statusOf(record) !== "void" },
      ),
      stepAct({
        slug: "approve",
        label: "Convert to open",
        path: (id) => `${path}/${id}/status/open`,
        fits: (status) => status === "draft" || status === "void",
      }),
      stepAct({
        slug: "void",
        label: "Void",
        path: (id) => `${path}/${id}/status/void`,
        fits: (status) => status !== "void",
      }),
      deleteAct(path),
    ],
    sections: (desk, id, record) => [
      ...rowsSection(
        desk,
        "Invoices credited",
        [
          {
            label: "Invoice",
            at: "invoice_number",
            link: (row) => `${desk.base}/invoices/${textAt(row, "invoice_id")}`,
          },
          { label: "Date", at: (row) => textAt(row, "credited_date") || textAt(row, "date"), as: "day" },
          {
            label: "Amount",
            at: (row) => textAt(row, "amount_applied") || textAt(row, "credited_amount"),
            as: "amount",
          },
        ],
        rowsOf(desk, `${path}/${id}/invoices`, "invoices_credited"),
        textAt(record, "currency_code"),
      ),
      ...historySection(desk, `${path}/${id}`),
    ],
  };
}

export function paymentReceivedKind(): Kind {
  const path = "/books/customerpayments";
  const amount: Column = { label: "Amount", at: "amount", as: "amount" };
  return {
    ...zohoKind({ path, listKey: "customerpayments", oneKey: "payment", idKey: "payment_id" }, containing),
    slug: "payments-received",
    many: "Payments received",
    one: "Payment",
    group: GROUP,
    searches: [
      ["customer_name", "Customer"],
      ["reference_number", "Reference"],
    ],
    titleOf: (record) => textAt(record, "payment_number"),
    columns: [
      { label: "Payment", at: "payment_number" },
      DATE,
      CUSTOMER,
      REFERENCE,
      { label: "Invoices", at: "invoice_numbers" },
      { label: "Mode", at: "payment_mode" },
      { label: "Unused", at: "unused_amount", as: "amount" },
      amount,
    ],
    facts: [
      CUSTOMER,
      DATE,
      REFERENCE,
      { label: "Mode", at: "payment_mode" },
      { label: "Deposit to", at: "account_name" },
      { label: "Exchange rate", at: "exchange_rate" },
      amount,
      { label: "Unused", at: "unused_amount", as: "amount" },
      CURRENCY,
    ],
    acts: [
      editAct(
        (id) => `${path}/${id}`,
        (record) => [textField(record, "reference_number", "Reference")],
        { lines: false },
      ),
      deleteAct(path),
    ],
    sections: (desk, _id, record) =>
      rowsSection(
        desk,
        "Invoices paid",
        [
          {
            label: "Invoice",
            at: "invoice_number",
            link: (row) => `${desk.base}/invoices/${textAt(row, "invoice_id")}`,
          },
          DATE,
          { label: "Amount", at: "amount_applied", as: "amount" },
        ],
        rowsAt(record, "invoices"),
        textAt(record, "currency_code"),
      ),
  };
}
