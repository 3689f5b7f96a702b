import type { Connector, ConnectorDefinition, ConnectorSession } from "@/lib/connectors/contract/connector";
import type { CanonicalRecord, RecordOf } from "@/lib/domain/canonical-record";
import type { RecordType } from "@/lib/domain/record-type";
import { systemClock } from "@/lib/kernel/clock";
import { createTimesolvAuth } from "./auth";
import { createTimesolvClient } from "./client";
import { FALLBACK_CURRENCY, type TimesolvConfig } from "./config";
import { unsupported } from "./errors";
import { timesolvManifest } from "./manifest";
import { createFirm, readReferenceData, termsOf } from "./records/firm";
import { getRecord, listIds } from "./records/get-record";
import { pullRows } from "./records/pull-rows";
import { rowKindOf } from "./records/row-kinds";
import { timesolvRules } from "./rules";

export type { TimesolvConfig } from "./config";

const REQUEST_TIMEOUT_MS = 30_000;

/** TimeSolv as a source that is never written to; what is known of its API and what is assumed stands in README.md. */
export function createTimesolvConnector(config: TimesolvConfig): ConnectorDefinition {
  const requestTimeoutMs = config.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
  const fallbackCurrency = config.fallbackCurrency ?? FALLBACK_CURRENCY;
  return {
    manifest: timesolvManifest,
    auth: createTimesolvAuth(config, requestTimeoutMs, config.clock ?? systemClock),
    rules: timesolvRules,
    open: (session) => openConnector(session, requestTimeoutMs, fallbackCurrency),
  };
}

function openConnector(
  session: ConnectorSession,
  requestTimeoutMs: number,
  fallbackCurrency: string,
): Connector {
  const client = createTimesolvClient(session, requestTimeoutMs);
  const firm = createFirm(client, fallbackCurrency);
  const terms = async () => termsOf(await firm());
  return {
    async probe() {
      const { wire, currency } = await createFirm(client, fallbackCurrency)();
      return {
        tenantName: wire.FirmName,
        baseCurrency: currency,
        timeZone: wire.TimeZone === "" ? null : wire.TimeZone,
      };
    },
    pull(recordType, cursor, options) {
      const kind = rowKindOf(recordType);
      if (kind === null || kind.recordType !== recordType) throw unsupported(`read ${recordType} on its own`);
      return pullRows(client, kind, terms, cursor, options);
    },
    async get<T extends RecordType>(recordType: T, externalId: string) {
      const record = await getRecord(client, terms, recordType, externalId);
      return record !== null && isOf(recordType, record) ? record : null;
    },
    async find(recordType) {
      throw unsupported(`look for a ${recordType} to write to`);
    },
    listIds: (recordType) => listIds(client, recordType),
    referenceData: async () => readReferenceData(client, await firm()),
    async apply({ recordType, verb }) {
      throw unsupported(`${verb} a ${recordType}`);
    },
  };
}

function isOf<T extends RecordType>(recordType: T, record: CanonicalRecord): record is RecordOf<T> {
  return record.recordType === recordType;
}
