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
import { CREDIT_NOTES, INVOICES } from "./records/document-kinds";
import { getRecord } from "./records/get-record";
import { pullItems } from "./records/items";
import { pullPayments } from "./records/payments";
import { pullDocuments } from "./records/pull-documents";
import { readOrganization, readReferenceData } from "./records/reference";
import { zohoBooksRules } from "./rules";
import { zohoBooksWebhooks } from "./webhooks";

export type { ZohoBooksConfig } from "./config";

const REQUEST_TIMEOUT_MS = 30_000;

/** Zoho Books as a source. It reads and never writes; quirks are in README.md. */
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
          return pullPayments(client, cursor, options);
        case "allocation":
        case "overpayment":
          throw unsupported(`read ${recordType} on its own`);
      }
    },
    async get<T extends RecordType>(recordType: T, externalId: string) {
      const record = await getRecord(client, recordType, externalId);
      return record !== null && isOf(recordType, record) ? record : null;
    },
    async find() {
      throw unsupported("search it for something written");
    },
    referenceData: () => readReferenceData(client, session.tenantId),
    async apply() {
      throw unsupported("write to it");
    },
  };
}

function isOf<T extends RecordType>(recordType: T, record: CanonicalRecord): record is RecordOf<T> {
  return record.recordType === recordType;
}
