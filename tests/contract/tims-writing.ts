import type { ConnectorRules } from "@/lib/connectors/contract/connector";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { parseLocalDate } from "@/lib/domain/local-date";
import { parseMoney } from "@/lib/domain/money";
import type { RecordType } from "@/lib/domain/record-type";
import { decimal } from "@/lib/kernel/decimal";
import { invariant } from "@/lib/kernel/invariant";
import type { TimsDesk } from "@/sandbox/tims/type-in";
import { aContact } from "../builders/records";
import type { WritingHooks } from "./contract-world";
import { MARKER } from "./xero-hooks";

/** What the contract suite may write into the simulated TIMS: contacts, items, and payments of whole invoices. */
const DATE = "2026-07-21";
/** Within the period that the seeded company has closed. */
const LOCKED_DATE = "2026-05-15";
const AMOUNT = "12.34";

export function timsWriting(desk: () => TimsDesk, rules: ConnectorRules): WritingHooks {
  const acceptable = async (recordType: RecordType, name: string): Promise<CanonicalRecord> =>
    rules.prepare(ledgerRecord(desk(), recordType, name), {
      ...MARKER,
      sourceExternalId: `${recordType}-${name}`,
    }).record;
  return {
    acceptable,
    async refusable(recordType, name) {
      const record = await acceptable(recordType, name);
      if (record.recordType === "payment") return { ...record, amount: parseMoney("5000.00", "GBP") };
      invariant(record.recordType === "contact" || record.recordType === "item", "only these are written");
      return { ...record, name: "", ...(record.recordType === "item" ? { description: "" } : {}) };
    },
    async inLockedPeriod(recordType, name) {
      const record = await acceptable(recordType, name);
      return record.recordType === "payment" ? { ...record, date: parseLocalDate(LOCKED_DATE) } : null;
    },
    async countRecords(recordType) {
      const { books } = desk();
      if (recordType === "contact") return books.table("customers").size + books.table("vendors").size;
      return books.table(recordType === "item" ? "items" : "receipts").size;
    },
  };
}

function ledgerRecord(desk: TimsDesk, recordType: RecordType, name: string): CanonicalRecord {
  if (recordType === "contact")
    return aContact({
      ...{
        externalId: name,
        name: `Contract ${name}`,
        email: `${name}@example.com`,
        currency: null,
        marker: "",
      },
    });
  if (recordType === "item")
    return {
      ...{ recordType: "item", externalId: name, version: "", code: `C-${name}`, name: `Item ${name}` },
      ...{ description: "From the accounts", salesPrice: decimal("2.5525"), salesAccountKey: "4000" },
      ...{ salesTaxKey: null, active: true, marker: "" },
    };
  invariant(recordType === "payment", `nothing writes a ${recordType} there`);
  const invoices = desk.books.table("invoices");
  const found = [...invoices.heads()].find(([id]) => invoices.get(id)?.invoiceNumber === `RENT-paid-${name}`);
  const invoiceId = found?.[0] ?? addPaidInvoice(desk, name);
  return {
    ...{ recordType: "payment", externalId: name, version: "", paymentNumber: name },
    ...{
      invoiceId: `AR-${invoiceId}`,
      invoiceNumber: `RENT-paid-${name}`,
      contactId: "C-C1",
      contactName: "The customer",
    },
    date: parseLocalDate(DATE),
    amount: parseMoney(AMOUNT, "GBP"),
    ...{ accountKey: "1000", fxRate: null, reference: `Bank feed ${name}`, status: "open", marker: "" },
  };
}

const addPaidInvoice = (desk: TimsDesk, name: string): string =>
  desk.addInvoice({
    ...{
      invoiceNumber: `RENT-paid-${name}`,
      customerId: "C1",
      date: DATE,
      dueDate: DATE,
      salesOrderId: null,
    },
    lines: [{ description: "Rental", quantity: "1", unitPrice: AMOUNT, taxCode: "Z", accountCode: "4100" }],
  });
