import { expect, test } from "vitest";
import { zohoBooksWebhooks } from "./webhooks";

const noticesOf = (payload: unknown) =>
  zohoBooksWebhooks.readNotices({
    headers: { "content-type": "application/json" },
    query: [],
    body: Buffer.from(JSON.stringify(payload)),
  });

test.each([
  ["invoice", { invoice: { invoice_id: "1" } }],
  ["creditNote", { creditnote: { creditnote_id: "1", invoice_id: "2" } }],
  ["payment", { payment: { payment_id: "1" } }],
  ["purchaseOrder", { purchaseorder: { purchaseorder_id: "1" } }],
  ["bill", { bill: { bill_id: "1", purchaseorder_ids: ["2"] } }],
  ["supplierCredit", { vendor_credit: { vendor_credit_id: "1" } }],
  ["billPayment", { vendorpayment: { payment_id: "1", vendor_id: "3" } }],
  ["bankTransaction", { expense: { expense_id: "1", invoice_id: "2" } }],
  ["manualJournal", { journal: { journal_id: "1" } }],
  ["bankTransaction", { expense_id: "1", invoice_id: "2" }],
  ["billPayment", { payment_id: "1", vendor_id: "3" }],
  ["payment", { payment_id: "1", customer_id: "3" }],
  ["bill", { bill_id: "1", vendor_id: "3" }],
  ["supplierCredit", { vendor_credit_id: "1", bill_id: "2" }],
  ["invoice", { invoice_id: "1", customer_id: "3" }],
])("a notice of a %s names it: %j", (recordType, payload) => {
  expect(noticesOf(payload)).toEqual([{ tenantId: null, recordType, externalId: "1" }]);
});

test.each([[{ bill: {} }], [{ bill: { bill_id: "no id" } }], [[]], ["text"]])(
  "a payload without an id, %j, says that something changed",
  (payload) => {
    expect(noticesOf(payload)).toEqual([{ tenantId: null, recordType: null, externalId: null }]);
  },
);
