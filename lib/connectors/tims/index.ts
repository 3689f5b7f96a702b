import type {
  Connector,
  ConnectorSession,
  FormConnectorDefinition,
} from "@/lib/connectors/contract/connector";
import type { CanonicalRecord, RecordOf } from "@/lib/domain/canonical-record";
import type { RecordType } from "@/lib/domain/record-type";
import { createGuardedRequest, type GuardedRequest } from "@/lib/http/guarded-request";
import { systemClock } from "@/lib/kernel/clock";
import { createTimsForm } from "./auth";
import { createTimsClient } from "./client";
import type { TimsConfig } from "./config";
import { timsManifest } from "./manifest";
import { findRecords } from "./records/find";
import { getRecord } from "./records/get-record";
import { listIds } from "./records/list-ids";
import { listsOf } from "./records/lists";
import { pullLists } from "./records/pull-lists";
import { createIsBank, readCompany, readReferenceData } from "./records/reference";
import { applyWrites } from "./records/write";
import { timsRules } from "./rules";

export type { TimsConfig } from "./config";

const REQUEST_TIMEOUT_MS = 30_000;

/** TIMS ERP as a source that also takes contacts, items and payments back; what is assumed of it is in README.md. */
export function createTimsConnector(config: TimsConfig): FormConnectorDefinition {
  const requestTimeoutMs = config.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
  const { sandboxOrigin, resolve } = config;
  const send = createGuardedRequest({ sandboxOrigin, ...(resolve === undefined ? {} : { resolve }) });
  return {
    manifest: timsManifest,
    auth: createTimsForm({ send, sandboxOrigin, requestTimeoutMs, clock: config.clock ?? systemClock }),
    rules: timsRules,
    open: (session) => openConnector(session, send, requestTimeoutMs),
  };
}

function openConnector(session: ConnectorSession, send: GuardedRequest, requestTimeoutMs: number): Connector {
  const client = createTimsClient(session, send, requestTimeoutMs);
  const banks = createIsBank(client);
  return {
    async probe() {
      const { name, baseCurrency, timeZone } = await readCompany(client, session.tenantId);
      return { tenantName: name, baseCurrency, timeZone: timeZone ?? null };
    },
    pull: (recordType, cursor, options) =>
      pullLists(client, listsOf(client, recordType, banks), cursor, options),
    async get<T extends RecordType>(recordType: T, externalId: string) {
      const record = await getRecord(client, recordType, externalId, banks);
      return record !== null && isOf(recordType, record) ? record : null;
    },
    find: (_recordType, sought) => findRecords(client, sought),
    listIds: (recordType) => listIds(client, recordType),
    referenceData: () => readReferenceData(client, session.tenantId),
    apply: (request) => applyWrites(client, request),
  };
}

const isOf = <T extends RecordType>(recordType: T, record: CanonicalRecord): record is RecordOf<T> =>
  record.recordType === recordType;
