import type { Connector, ConnectorDefinition, ConnectorSession } from "@/lib/connectors/contract/connector";
import type { CanonicalRecord, RecordOf } from "@/lib/domain/canonical-record";
import type { RecordType } from "@/lib/domain/record-type";
import { systemClock } from "@/lib/kernel/clock";
import { createZohoAuth } from "./auth";
import { createZohoClient } from "./client";
import type { ZohoBooksConfig } from "./config";
import { unsupported } from "./errors";
import { zohoBooksManifest } from "./manifest";
import { pullContacts } from "./records/contacts";
import { createCurrencies } from "./records/currencies";
import { BILLS, CREDIT_NOTES, INVOICES, PURCHASE_ORDERS, VENDOR_CREDITS } from "./records/document-kinds";
import { EXPENSES } from "./records/expenses";
import { findRecords } from "./records/find";
import { getRecord } from "./records/get-record";
import { pullItems } from "./records/items";
import { journals } from "./records/journals";
import { listIds } from "./records/list-ids";
import { CUSTOMER_PAYMENTS } from "./records/payments";
import { pullDocuments } from "./records/pull-documents";
import { pullRows } from "./records/pull-rows";
import { readOrganization, readReferenceData } from "./records/reference";
import { vendorPayments } from "./records/vendor-payments";
import { applyWrites } from "./records/write";
import { zohoBooksRules } from "./rules";
import { zohoBooksWebhooks } from "./webhooks";

export type { ZohoBooksConfig } from "./config";

const REQUEST_TIMEOUT_MS = 30_000;

/** Zoho Books as a source that also takes contacts, items, payments and voids back; quirks are in README.md. */
export function createZohoBooksConnector(config: ZohoBooksConfig): ConnectorDefinition {
  const requestTimeoutMs = config.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
  return {
    manifest: zohoBooksManifest,
    auth: createZohoAuth(config, requestTimeoutMs, config.clock ?? systemClock),
    rules: zohoBooksRules,
    webhooks: zohoBooksWebhooks,
    open: (session) => openConnector(session, requestTimeoutMs),
  };
}

function openConnector(session: ConnectorSession, requestTimeoutMs: number): Connector {
  const client = createZohoClient(session, requestTimeoutMs);
  const currencies = createCurrencies(client);
  return {
    async probe() {
      const organization = await readOrganization(client, session.tenantId);
      const { name, currency_code, time_zone } = organization;
      return { tenantName: name, baseCurrency: currency_code, timeZone: time_zone ?? null };
    },
    pull(recordType, cursor, options) {
      switch (recordType) {
        case "contact":
          return pullContacts(client, cursor, options);
        case "item":
          return pullItems(client, cursor, options);
        case "invoice":
          return pullDocuments(client, INVOICES, cursor, options);
        case "creditNote":
          return pullDocuments(client, CREDIT_NOTES, cursor, options);
        case "payment":
          return pullRows(client, CUSTOMER_PAYMENTS, cursor, options);
        case "purchaseOrder":
          return pullDocuments(client, PURCHASE_ORDERS, cursor, options);
        case "bill":
          return pullDocuments(client, BILLS, cursor, options);
        case "supplierCredit":
          return pullDocuments(client, VENDOR_CREDITS, cursor, options);
        case "billPayment":
          return pullRows(client, vendorPayments(currencies), cursor, options);
        case "bankTransaction":
          return pullRows(client, EXPENSES, cursor, options);
        case "manualJournal":
          return pullRows(client, journals(currencies), cursor, options);
        case "allocation":
        case "overpayment":
        case "supplierAllocation":
        case "supplierOverpayment":
          throw unsupported(`read ${recordType} on its own`);
      }
    },
    async get<T extends RecordType>(recordType: T, externalId: string) {
      const record = await getRecord(client, recordType, externalId, currencies);
      return record !== null && isOf(recordType, record) ? record : null;
    },
    find: (recordType, sought) => findRecords(client, recordType, sought),
    listIds: (recordType) => listIds(client, recordType),
    referenceData: () => readReferenceData(client, session.tenantId),
    apply: (request) => applyWrites(client, request),
  };
}

function isOf<T extends RecordType>(recordType: T, record: CanonicalRecord): record is RecordOf<T> {
  return record.recordType === recordType;
}
