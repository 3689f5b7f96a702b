import type { ConnectorRules } from "@/lib/connectors/contract/connector";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { parseLocalDate } from "@/lib/domain/local-date";
import { parseMoney } from "@/lib/domain/money";
import type { RecordType } from "@/lib/domain/record-type";
import { decimal } from "@/lib/kernel/decimal";
import { invariant } from "@/lib/kernel/invariant";
import type { ZohoSeed } from "@/sandbox/seed/zoho-organisation";
import { ZERO_RATED } from "@/sandbox/seed/zoho-reference-data";
import { aContact } from "../builders/records";
import type { WritingHooks } from "./contract-world";
import { MARKER } from "./xero-hooks";

/** What the contract suite may write into the simulated Zoho Books: contacts, items, and payments of whole invoices. */

const DATE = "2026-07-21";
const LOCKED_DATE = "2026-01-15";
const LOCKED_TO = "2026-01-31";
const AMOUNT = "12.34";

export function zohoBooksWriting(seed: () => ZohoSeed, rules: ConnectorRules): WritingHooks {
  const acceptable = async (recordType: RecordType, name: string): Promise<CanonicalRecord> => {
    const record = ledgerRecord(seed(), recordType, name);
    return rules.prepare(record, { ...MARKER, sourceExternalId: `${recordType}-${name}` }).record;
  };
  return {
    acceptable,
    refusable: async (recordType, name) => refused(await acceptable(recordType, name)),
    async inLockedPeriod(recordType, name) {
      const record = await acceptable(recordType, name);
      if (!("date" in record)) return null;
      lockUntil(seed(), LOCKED_TO);
      return { ...record, date: parseLocalDate(LOCKED_DATE) };
    },
    countRecords: async (recordType) => countOf(seed(), recordType),
  };
}

function ledgerRecord(seed: ZohoSeed, recordType: RecordType, name: string): CanonicalRecord {
  if (recordType === "contact")
    return aContact({
      externalId: name,
      name: `Contract ${name}`,
      email: `${name}@example.com`,
      currency: null,
      marker: "",
    });
  if (recordType === "item") return anItem(seed, name);
  invariant(recordType === "payment", `nothing writes a ${recordType} there`);
  return aPayment(seed, name);
}

const anItem = (seed: ZohoSeed, name: string): CanonicalRecord => ({
  recordType: "item",
  externalId: name,
  version: "",
  code: `C-${name}`,
  name: `Item ${name}`,
  description: "From the accounts",
  salesPrice: decimal("2.5525"),
  salesAccountKey: seed.accountId("Sales"),
  salesTaxKey: null,
  active: true,
  marker: "",
});

function aPayment(seed: ZohoSeed, name: string): CanonicalRecord {
  const customerId = seed.addContact({ name: `Payer ${name}` });
  const invoiceId = seed.addInvoice({
    number: `INV-paid-${name}`,
    customerId,
    date: DATE,
    lines: [
      {
        description: "Goods",
        rate: AMOUNT,
        quantity: "1",
        taxId: seed.taxId(ZERO_RATED),
        accountId: seed.accountId("Sales"),
      },
    ],
  });
  return {
    recordType: "payment",
    externalId: name,
    version: "",
    paymentNumber: name,
    invoiceId,
    invoiceNumber: `INV-paid-${name}`,
    contactId: customerId,
    contactName: `Payer ${name}`,
    date: parseLocalDate(DATE),
    amount: parseMoney(AMOUNT, "GBP"),
    accountKey: null,
    fxRate: null,
    reference: `Bank feed ${name}`,
    status: "open",
    marker: "",
  };
}

function refused(record: CanonicalRecord): CanonicalRecord {
  if (record.recordType === "payment") return { ...record, amount: parseMoney("5000.00", "GBP") };
  invariant(record.recordType === "contact" || record.recordType === "item", "only these are written");
  return { ...record, name: "" };
}

function lockUntil({ books }: ZohoSeed, date: string): void {
  const now = books.stamp();
  books.locks.put(books.nextId(), {
    module: "all",
    date,
    reason: "Closed",
    status: "enabled",
    userIds: [],
    accountIds: [],
    created: now,
    modified: now,
  });
}

function countOf({ books }: ZohoSeed, recordType: RecordType): number {
  if (recordType === "contact") return books.contacts.size;
  return recordType === "item" ? books.items.size : books.payments.size;
}
