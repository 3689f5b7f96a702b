/** Leads and deals of the CRM, items with their stock of Inventory, reports of Expense, in their own words. */
import { findModule } from "@/sandbox/zoho/crm/modules";
import type { Column, FormField, Kind } from "../kinds";
import { ROWS_A_PAGE } from "../record-pages";
import { rowsAt, textAt, valueAt, type Wire } from "../wire";
import { deleteAct, editAct, stepAct } from "./zoho-acts";
import { CURRENCY, DATE, MODIFIED, rowsSection, STATUS, TOTAL, textField, zohoKind } from "./zoho-kinds";

function crmKind(
  module: "Leads" | "Deals",
  parts: {
    readonly one: string;
    readonly columns: readonly Column[];
    readonly listed: readonly string[];
    readonly edited: readonly (readonly [name: string, label: string])[];
    readonly title: string;
  },
): Kind {
  const path = `/crm/${module}`;
  const fields = parts.listed.join(",");
  const formFields = (record: Wire): readonly FormField[] =>
    parts.edited.map(([name, label]): FormField => {
      const field = textField(record, name, label);
      const definition = findModule(module)?.fields.find((candidate) => candidate.name === name);
      const values = definition?.values ?? [];
      return values.length === 0
        ? field
        : { ...field, type: "select", options: ["", ...values].map((value) => [value, value] as const) };
    });
  const numbers = new Set(["Amount"]);
  return {
    slug: module.toLowerCase(),
    many: module,
    one: parts.one,
    group: "CRM",
    searches: [["word", "Word"]],
    currencyAt: "Currency",
    list(desk, { page, term }) {
      const query = { fields, page: String(page), per_page: String(ROWS_A_PAGE) };
      const answer =
        term === ""
          ? desk.ask("GET", path, { query })
          : desk.ask("GET", `${path}/search`, { query: { ...query, word: term } });
      if (!answer.ok) return answer;
      return {
        rows: rowsAt(answer.body, "data"),
        hasMore: valueAt(answer.body, "info.more_records") === true,
        count: null,
      };
    },
    get(desk, id) {
      const answer = desk.ask("GET", `${path}/${encodeURIComponent(id)}`);
      if (!answer.ok) return answer;
      const [record] = rowsAt(answer.body, "data");
      return record === undefined
        ? { ok: false, status: 404, problem: "There is no such record." }
        : { ok: true, body: record };
    },
    idOf: (record) => textAt(record, "id"),
    titleOf: (record) => textAt(record, parts.title),
    columns: parts.columns,
    facts: [
      ...parts.columns.slice(1),
      { label: "Owner", at: "Owner.name" },
      { label: "Created (UTC)", at: "Created_Time", as: "instant" },
    ],
    acts: [
      {
        slug: "edit",
        label: "Edit",
        fits: () => true,
        fields: formFields,
        run({ desk, id, record, form }) {
          const sent: Record<string, unknown> = {};
          for (const { name, value } of formFields(record)) {
            const typed = form.get(name)?.trim() ?? value;
            if (typed === value) continue;
            // The CRM takes amounts as JSON numbers alone; what is none goes as it is, to be refused.
            sent[name] = numbers.has(name) && /^-?\d+(\.\d+)?$/.test(typed) ? Number(typed) : typed || null;
          }
          if (Object.keys(sent).length === 0)
            return { ok: false, status: 400, problem: "Nothing was changed." };
          return desk.ask("PUT", `${path}/${id}`, { body: { data: [sent] } });
        },
      },
      deleteAct(path),
    ],
  };
}

const CRM_MODIFIED: Column = { label: "Modified (UTC)", at: "Modified_Time", as: "instant" };

export function crmKinds(): readonly Kind[] {
  return [
    crmKind("Leads", {
      one: "Lead",
      title: "Full_Name",
      listed: ["Full_Name", "Last_Name", "Company", "Email", "Phone", "Lead_Status", "Modified_Time"],
      columns: [
        { label: "Name", at: (record) => textAt(record, "Full_Name") || textAt(record, "Last_Name") },
        { label: "Company", at: "Company" },
        { label: "E-mail", at: "Email" },
        { label: "Phone", at: "Phone" },
        { label: "Status", at: "Lead_Status" },
        CRM_MODIFIED,
      ],
      edited: [
        ["First_Name", "First name"],
        ["Last_Name", "Last name"],
        ["Company", "Company"],
        ["Email", "E-mail"],
        ["Lead_Status", "Lead status"],
      ],
    }),
    crmKind("Deals", {
      one: "Deal",
      title: "Deal_Name",
      listed: ["Deal_Name", "Account_Name", "Stage", "Amount", "Closing_Date", "Modified_Time"],
      columns: [
        { label: "Deal", at: "Deal_Name" },
        { label: "Account", at: "Account_Name.name" },
        { label: "Stage", at: "Stage" },
        { label: "Closing date", at: "Closing_Date", as: "day" },
        { label: "Amount", at: "Amount", as: "amount" },
        CRM_MODIFIED,
      ],
      edited: [
        ["Deal_Name", "Name"],
        ["Stage", "Stage"],
        ["Amount", "Amount"],
        ["Closing_Date", "Closing date (YYYY-MM-DD)"],
      ],
    }),
  ];
}

export function stockItemKind(): Kind {
  const path = "/inventory/items";
  const columns: readonly Column[] = [
    { label: "Name", at: "name" },
    { label: "SKU", at: "sku" },
    { label: "Type", at: "item_type" },
    { label: "Rate", at: "rate", as: "amount" },
    { label: "On hand", at: "stock_on_hand", as: "number" },
    { label: "Available", at: "available_stock", as: "number" },
    { label: "Physically on hand", at: "actual_available_stock", as: "number" },
    STATUS,
  ];
  return {
    ...zohoKind({ path, listKey: "items", oneKey: "item", idKey: "item_id" }, ({ term }) => ({
      search_text: term,
    })),
    slug: "stock",
    many: "Items with stock",
    one: "Item",
    group: "Inventory",
    searches: [["text", "Name or SKU"]],
    titleOf: (record) => textAt(record, "name"),
    columns,
    facts: [
      ...columns.slice(1),
      { label: "Reorder level", at: "reorder_level" },
      { label: "Opening stock", at: "initial_stock" },
      { label: "Purchase rate", at: "purchase_rate", as: "amount" },
      { label: "Inventory account", at: "inventory_account_id" },
      MODIFIED,
    ],
    acts: [
      editAct(
        (id) => `${path}/${id}`,
        (record) => [
          textField(record, "name", "Name"),
          { ...textField(record, "rate", "Rate"), type: "amount" },
        ],
        { lines: false },
      ),
    ],
  };
}

export function expenseReportKind(): Kind {
  const path = "/expense/expensereports";
  const step = (slug: string, label: string, from: readonly string[]) =>
    stepAct({
      slug,
      label,
      path: (id) => `${path}/${id}/${slug}`,
      fits: (status) => from.includes(status),
      body: {},
    });
  const columns: readonly Column[] = [
    { label: "Report", at: "report_number" },
    { label: "Name", at: "report_name" },
    { label: "By", at: "user_name" },
    { label: "From", at: "start_date", as: "day" },
    { label: "To", at: "end_date", as: "day" },
    STATUS,
    TOTAL,
    CURRENCY,
  ];
  return {
    ...zohoKind(
      { path, listKey: "expense_reports", oneKey: "expense_report", idKey: "report_id" },
      ({ term }) => ({ report_name_contains: term }),
    ),
    slug: "expense-reports",
    many: "Expense reports",
    one: "Expense report",
    group: "Expense",
    searches: [["name", "Name"]],
    titleOf: (record) => textAt(record, "report_number"),
    columns,
    facts: [
      ...columns.slice(1),
      { label: "To be reimbursed", at: "amount_to_be_reimbursed", as: "amount" },
      { label: "Description", at: "description" },
    ],
    acts: [
      editAct(
        (id) => `${path}/${id}`,
        (record) => [
          textField(record, "report_name", "Name"),
          textField(record, "description", "Description"),
        ],
        { lines: false, fits: () => true },
      ),
      step("submit", "Submit", ["draft", "rejected"]),
      step("approve", "Approve", ["submitted", "awaiting_approval", "pending_approval"]),
      step("reject", "Reject", ["submitted", "awaiting_approval", "pending_approval"]),
      step("reimburse", "Record reimbursement", ["approved"]),
      deleteAct(path),
    ],
    sections: (desk, _id, record) =>
      rowsSection(
        desk,
        "Expenses",
        [
          { label: "Merchant", at: (row) => textAt(row, "merchant_name") || "(none)" },
          DATE,
          { label: "Category", at: "category_name" },
          { label: "Description", at: "description" },
          TOTAL,
        ],
        rowsAt(record, "expenses"),
        textAt(record, "currency_code"),
      ),
  };
}
