/** Bills, payments made, purchase orders and expenses, in the words of Zoho Books. */
import type { Column, Kind } from "../kinds";
import { rowsAt, textAt } from "../wire";
import { deleteAct, editAct, payAct, statusOf, stepAct } from "./zoho-acts";
import {
  CURRENCY,
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
  VENDOR,
  zohoKind,
} from "./zoho-kinds";

const GROUP = "Purchases";

export function billKind(): Kind {
  const path = "/books/bills";
  const dueDate: Column = { label: "Due date", at: "due_date", as: "day" };
  const balance: Column = { label: "Balance", at: "balance", as: "amount" };
  return {
    ...zohoKind({ path, listKey: "bills", oneKey: "bill", idKey: "bill_id" }, containing),
    slug: "bills",
    many: "Bills",
    one: "Bill",
    group: GROUP,
    searches: [
      ["bill_number", "Number"],
      ["vendor_name", "Vendor"],
      ["reference_number", "Reference"],
    ],
    titleOf: (record) => textAt(record, "bill_number"),
    columns: [
      { label: "Number", at: "bill_number" },
      REFERENCE,
      VENDOR,
      DATE,
      dueDate,
      STATUS,
      balance,
      TOTAL,
      CURRENCY,
    ],
    facts: [VENDOR, STATUS, DATE, dueDate, REFERENCE, CURRENCY, { label: "Notes", at: "notes" }, MODIFIED],
    lines: { at: "line_items", columns: LINE_COLUMNS },
    totals: [...SUMS, { label: "Payments", at: "payment_made", as: "amount" }, balance],
    acts: [
      editAct(
        (id) => `${path}/${id}`,
        (record) => [
          dayField(record, "due_date", "Due date"),
          textField(record, "reference_number", "Reference"),
        ],
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
      payAct("bill"),
    ],
    sections: (desk, id, record) => [
      ...rowsSection(
        desk,
        "Payments made",
        [
          {
            label: "Payment",
            at: "payment_id",
            link: (row) => `${desk.base}/payments-made/${textAt(row, "payment_id")}`,
          },
          DATE,
          REFERENCE,
          { label: "Amount", at: "amount", as: "amount" },
        ],
        rowsAt(record, "payments"),
        textAt(record, "currency_code"),
      ),
      ...historySection(desk, `${path}/${id}`),
    ],
  };
}

export function paymentMadeKind(): Kind {
  const path = "/books/vendorpayments";
  const amount: Column = { label: "Amount", at: "amount", as: "amount" };
  const columns: readonly Column[] = [
    { label: "Payment", at: (record) => textAt(record, "payment_number") || textAt(record, "payment_id") },
    DATE,
    VENDOR,
    REFERENCE,
    { label: "Bills", at: "bill_numbers" },
    { label: "Mode", at: "payment_mode" },
    amount,
  ];
  return {
    ...zohoKind(
      { path, listKey: "vendorpayments", oneKey: "vendorpayment", idKey: "payment_id" },
      containing,
    ),
    slug: "payments-made",
    many: "Payments made",
    one: "Payment",
    group: GROUP,
    searches: [
      ["vendor_name", "Vendor"],
      ["reference_number", "Reference"],
    ],
    titleOf: (record) => textAt(record, "payment_number"),
    columns,
    facts: [...columns.slice(1), { label: "Paid through", at: "paid_through_account_name" }, CURRENCY],
    acts: [deleteAct(path)],
    sections: (desk, _id, record) =>
      rowsSection(
        desk,
        "Bills paid",
        [
          {
            label: "Bill",
            at: "bill_number",
            link: (row) => `${desk.base}/bills/${textAt(row, "bill_id")}`,
          },
          { label: "Amount", at: "amount_applied", as: "amount" },
        ],
        rowsAt(record, "bills"),
        textAt(record, "currency_code"),
      ),
  };
}

export function purchaseOrderKind(): Kind {
  const path = "/books/purchaseorders";
  const delivery: Column = { label: "Delivery", at: "delivery_date", as: "day" };
  return {
    ...zohoKind(
      { path, listKey: "purchaseorders", oneKey: "purchaseorder", idKey: "purchaseorder_id" },
      containing,
    ),
    slug: "purchase-orders",
    many: "Purchase orders",
    one: "Purchase order",
    group: GROUP,
    searches: [
      ["purchaseorder_number", "Number"],
      ["vendor_name", "Vendor"],
      ["reference_number", "Reference"],
    ],
    titleOf: (record) => textAt(record, "purchaseorder_number"),
    columns: [
      { label: "Number", at: "purchaseorder_number" },
      REFERENCE,
      VENDOR,
      DATE,
      delivery,
      STATUS,
      TOTAL,
      CURRENCY,
    ],
    facts: [VENDOR, STATUS, DATE, delivery, REFERENCE, CURRENCY, { label: "Notes", at: "notes" }, MODIFIED],
    lines: { at: "line_items", columns: LINE_COLUMNS },
    totals: SUMS,
    acts: [
      editAct(
        (id) => `${path}/${id}`,
        (record) => [
          dayField(record, "delivery_date", "Delivery date"),
          textField(record, "reference_number", "Reference"),
        ],
        { lines: true },
      ),
      stepAct({
        slug: "approve",
        label: "Mark as issued",
        path: (id) => `${path}/${id}/status/open`,
        fits: (status) => status === "draft" || status === "cancelled",
      }),
      stepAct({
        slug: "bill",
        label: "Mark as billed",
        path: (id) => `${path}/${id}/status/billed`,
        fits: (status) => status === "open",
      }),
      stepAct({
        slug: "void",
        label: "Cancel",
        path: (id) => `${path}/${id}/status/cancelled`,
        fits: (status) => status !== "cancelled",
      }),
      deleteAct(path),
    ],
    sections: (desk, id) => historySection(desk, `${path}/${id}`),
  };
}

export function expenseKind(): Kind {
  const path = "/books/expenses";
  const columns: readonly Column[] = [
    {
      label: "Expense",
      at: (record) => textAt(record, "account_name") || textAt(record, "description") || "Expense",
    },
    DATE,
    VENDOR,
    REFERENCE,
    { label: "Paid through", at: "paid_through_account_name" },
    STATUS,
    TOTAL,
  ];
  return {
    ...zohoKind({ path, listKey: "expenses", oneKey: "expense", idKey: "expense_id" }, containing),
    slug: "expenses",
    many: "Expenses",
    one: "Expense",
    group: GROUP,
    searches: [
      ["description", "Description"],
      ["vendor_name", "Vendor"],
      ["reference_number", "Reference"],
    ],
    titleOf: (record) => textAt(record, "reference_number") || textAt(record, "date"),
    columns,
    facts: [...columns, { label: "Description", at: "description" }, CURRENCY, MODIFIED],
    acts: [
      editAct(
        (id) => `${path}/${id}`,
        (record) => [
          textField(record, "reference_number", "Reference"),
          textField(record, "description", "Description"),
        ],
        { lines: false },
      ),
      deleteAct(path),
    ],
  };
}
