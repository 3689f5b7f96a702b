import type { PullOptions } from "@/lib/connectors/contract/connector";
import {
  idIn,
  joinReadings,
  nameOf,
  readOrQuarantine,
  readRecord,
} from "@/lib/connectors/contract/unreadable";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { RecordType } from "@/lib/domain/record-type";
import type { TimsClient } from "../client";
import { unsupported } from "../errors";
import { idWith, type Prefix, plain } from "../ids";
import {
  ADJUSTMENTS,
  CUSTOMERS,
  DISBURSEMENTS,
  ENTRIES,
  ITEMS,
  PURCHASE_ORDERS,
  RECEIPTS,
  type Resource,
  VENDOR_CREDITS,
  VENDORS,
} from "../resources";
import { toVendorCredit } from "../translate/credits";
import { toAdjustmentJournal, toEntryRecord } from "../translate/ledger";
import { recordsOf, toDisbursementRecords, toReceiptRecords } from "../translate/money-moved";
import { toCustomer, toItem, toVendor } from "../translate/party";
import { toPurchaseOrder } from "../translate/purchases";
import { wirePurchaseOrderSchema, wireVendorCreditSchema } from "../wire/document";
import { wireAdjustmentSchema, wireEntrySchema } from "../wire/ledger";
import { wireDisbursementSchema, wireReceiptSchema } from "../wire/money-moved";
import { wireCustomerSchema, wireItemSchema, wireVendorSchema } from "../wire/party";
import { billLists } from "./bills";
import { invoiceLists, isByOrder } from "./invoices";
import type { ListKind } from "./pull-lists";

/** Whether an account code is a bank account, and for which of them the list was read. */
export type IsBank = () => Promise<(accountCode: string) => boolean>;

/** A list whose rows each make records of their own. */
export interface PlainList {
  readonly resource: Resource;
  readonly prefix: Prefix | null;
  toRecords(row: unknown, more: RowContext): readonly CanonicalRecord[];
}

export interface RowContext {
  isBank(accountCode: string): boolean;
  readonly byOrder: boolean;
  readonly billsFrom: "bills" | "orders";
  readonly salesAccountFrom: "lines" | "categories";
  /** Whether an excess of that payment was stored before. */
  knownExcess(paymentId: string): boolean;
}

const customers: PlainList = {
  resource: CUSTOMERS,
  prefix: "C",
  toRecords: (row) => [toCustomer(readRecord(wireCustomerSchema, "customer", row))],
};
const vendors: PlainList = {
  resource: VENDORS,
  prefix: "V",
  toRecords: (row) => [toVendor(readRecord(wireVendorSchema, "vendor", row))],
};
const entriesAs = (recordType: RecordType): PlainList => ({
  resource: ENTRIES,
  prefix: "GL",
  toRecords(row, { isBank }) {
    const record = toEntryRecord(readRecord(wireEntrySchema, "ledger entry", row), isBank);
    return record === null || record.recordType !== recordType ? [] : [record];
  },
});

/** The lists of each record type but invoices and bills, which may come from two lists at once. */
export const PLAIN_LISTS: Readonly<Partial<Record<RecordType, readonly PlainList[]>>> = {
  contact: [customers, vendors],
  item: [
    {
      resource: ITEMS,
      prefix: null,
      toRecords: (row, { salesAccountFrom }) => [
        toItem(readRecord(wireItemSchema, "product", row), salesAccountFrom),
      ],
    },
  ],
  payment: [
    {
      resource: RECEIPTS,
      prefix: null,
      toRecords(row, { byOrder, knownExcess }) {
        const wire = readRecord(wireReceiptSchema, "payment", row);
        return recordsOf(toReceiptRecords(wire, byOrder), knownExcess(wire.paymentId));
      },
    },
  ],
  purchaseOrder: [
    {
      resource: PURCHASE_ORDERS,
      prefix: null,
      toRecords: (row) => [toPurchaseOrder(readRecord(wirePurchaseOrderSchema, "purchase order", row))],
    },
  ],
  supplierCredit: [
    {
      resource: VENDOR_CREDITS,
      prefix: null,
      toRecords(row, { billsFrom }) {
        const wire = readRecord(wireVendorCreditSchema, "vendor credit", row);
        const { credit, allocations } = toVendorCredit(wire, billsFrom);
        return [credit, ...allocations];
      },
    },
  ],
  billPayment: [
    {
      resource: DISBURSEMENTS,
      prefix: null,
      toRecords(row, { billsFrom, knownExcess }) {
        const wire = readRecord(wireDisbursementSchema, "payment", row);
        return recordsOf(toDisbursementRecords(wire, billsFrom), knownExcess(wire.paymentId));
      },
    },
  ],
  bankTransaction: [entriesAs("bankTransaction")],
  manualJournal: [
    entriesAs("manualJournal"),
    {
      resource: ADJUSTMENTS,
      prefix: "ADJ",
      toRecords: (row) => [
        toAdjustmentJournal(readRecord(wireAdjustmentSchema, "inventory adjustment", row)),
      ],
    },
  ],
};

const EXCESS: Readonly<Partial<Record<RecordType, RecordType>>> = {
  payment: "overpayment",
  billPayment: "supplierOverpayment",
};

const NEEDS_BANKS: ReadonlySet<RecordType> = new Set(["bankTransaction", "manualJournal"]);

/** The lists that a pull of the type walks. Throws ConnectorError for a type that is not pulled by itself. */
export function listsOf(client: TimsClient, recordType: RecordType, banks: IsBank): readonly ListKind[] {
  if (recordType === "invoice") return invoiceLists(client);
  if (recordType === "bill") return billLists(client);
  const lists = PLAIN_LISTS[recordType];
  if (lists === undefined) throw unsupported(`read ${nameOf(recordType)} records on their own`);
  const { adjustments } = client.settings;
  const wanted = lists.filter(({ resource }) => resource !== ADJUSTMENTS || adjustments === "journals");
  return wanted.map(({ resource, prefix, toRecords }) => ({
    resource,
    async read(rows, options) {
      const context = await contextOf(client, recordType, rows, options, banks, resource);
      return joinReadings(
        rows.map((row) => {
          const id = idIn(row, resource.idField);
          return readOrQuarantine(recordType, id === null ? null : externalIdOf(prefix, id), row, () =>
            toRecords(row, context),
          );
        }),
      );
    },
  }));
}

export const externalIdOf = (prefix: Prefix | null, id: string): string =>
  prefix === null ? plain(id) : idWith(prefix, id);

async function contextOf(
  client: TimsClient,
  recordType: RecordType,
  rows: readonly unknown[],
  options: PullOptions,
  banks: IsBank,
  resource: Resource,
): Promise<RowContext> {
  const excess = EXCESS[recordType];
  const ids = rows.flatMap((row) => idIn(row, resource.idField) ?? []).map((id) => `${plain(id)}:excess`);
  const known = excess === undefined ? new Map() : await options.knownVersions(excess, ids);
  return {
    byOrder: isByOrder(client),
    billsFrom: client.settings.billsFrom,
    salesAccountFrom: client.settings.salesAccountFrom,
    knownExcess: (paymentId) => known.has(`${plain(paymentId)}:excess`),
    isBank: NEEDS_BANKS.has(recordType) ? await banks() : () => false,
  };
}
