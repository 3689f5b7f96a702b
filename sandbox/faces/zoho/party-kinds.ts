/** Contacts and items, in the words of Zoho Books. */
import { rowsOf } from "../edits";
import type { Column, Kind } from "../kinds";
import { textAt } from "../wire";
import { activityActs, deleteAct, editAct } from "./zoho-acts";
import {
  CURRENCY,
  containing,
  DATE,
  MODIFIED,
  rowsSection,
  STATUS,
  TOTAL,
  textField,
  zohoKind,
} from "./zoho-kinds";

const BALANCE: Column = { label: "Balance", at: "balance", as: "amount" };

export function contactKind(): Kind {
  const path = "/books/contacts";
  const columns: readonly Column[] = [
    { label: "Name", at: "contact_name" },
    { label: "Company", at: "company_name" },
    { label: "Type", at: "contact_type" },
    { label: "E-mail", at: "email" },
    STATUS,
    { label: "Receivables", at: "outstanding_receivable_amount", as: "amount" },
    CURRENCY,
  ];
  return {
    ...zohoKind({ path, listKey: "contacts", oneKey: "contact", idKey: "contact_id" }, containing),
    slug: "contacts",
    many: "Customers and vendors",
    one: "Contact",
    group: "Contacts and items",
    searches: [
      ["contact_name", "Name"],
      ["company_name", "Company"],
      ["email", "E-mail"],
    ],
    titleOf: (record) => textAt(record, "contact_name"),
    columns,
    facts: [
      ...columns.slice(1),
      { label: "Payables", at: "outstanding_payable_amount", as: "amount" },
      { label: "Payment terms", at: "payment_terms_label" },
      { label: "Website", at: "website" },
      { label: "Notes", at: "notes" },
      MODIFIED,
    ],
    acts: [
      editAct(
        (id) => `${path}/${id}`,
        (record) => [
          textField(record, "contact_name", "Name"),
          textField(record, "company_name", "Company"),
          textField(record, "notes", "Notes"),
        ],
        { lines: false },
      ),
      ...activityActs(path),
      deleteAct(path),
    ],
    sections: (desk, id) =>
      rowsSection(
        desk,
        "Invoices, 50 at most",
        [
          {
            label: "Number",
            at: "invoice_number",
            link: (row) => `${desk.base}/invoices/${textAt(row, "invoice_id")}`,
          },
          DATE,
          STATUS,
          BALANCE,
          TOTAL,
        ],
        rowsOf(desk, "/books/invoices", "invoices", { customer_id: id, per_page: "50" }),
        "",
      ),
  };
}

export function itemKind(): Kind {
  const path = "/books/items";
  const columns: readonly Column[] = [
    { label: "Name", at: "name" },
    { label: "SKU", at: "sku" },
    { label: "Rate", at: "rate", as: "amount" },
    { label: "Tax", at: "tax_name" },
    STATUS,
  ];
  return {
    ...zohoKind({ path, listKey: "items", oneKey: "item", idKey: "item_id" }, ({ term }) => ({
      search_text: term,
    })),
    slug: "items",
    many: "Items",
    one: "Item",
    group: "Contacts and items",
    searches: [["text", "Name or description"]],
    titleOf: (record) => textAt(record, "name"),
    columns,
    facts: [
      ...columns.slice(1),
      { label: "Description", at: "description" },
      { label: "Sales account", at: "account_name" },
      { label: "Purchase rate", at: "purchase_rate", as: "amount" },
      { label: "Type", at: "product_type" },
      MODIFIED,
    ],
    acts: [
      editAct(
        (id) => `${path}/${id}`,
        (record) => [
          textField(record, "name", "Name"),
          textField(record, "description", "Description"),
          { ...textField(record, "rate", "Rate"), type: "amount" },
        ],
        { lines: false },
      ),
      ...activityActs(path),
      deleteAct(path),
    ],
  };
}
