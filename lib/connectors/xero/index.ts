import type { Connector, ConnectorDefinition, ConnectorSession } from "@/lib/connectors/contract/connector";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import type { CanonicalRecord, RecordOf } from "@/lib/domain/canonical-record";
import { RECORD_TYPE_NAMES, type RecordType } from "@/lib/domain/record-type";
import { type Clock, systemClock } from "@/lib/kernel/clock";
import { createXeroAuth } from "./auth";
import { createXeroClient } from "./client";
import { xeroManifest } from "./manifest";
import { applyWrites } from "./records/apply";
import { findRecords } from "./records/find";
import { getRecord } from "./records/get";
import { connectXero } from "./records/organisation-facts";
import { pullRecords } from "./records/pull";
import { carrierType, isAllocationType, READABLE, type Readable } from "./records/readable";
import { readOrganisation, readReferenceData } from "./records/reference-data";
import { xeroRules } from "./rules";
import { xeroWebhooks } from "./webhooks";

export interface XeroConfig {
  readonly clientId: string;
  readonly clientSecret: string;
  /** https://identity.xero.com, or the sandbox's. */
  readonly authority: string;
  /** Where the consent page is; by default Xero's own for Xero's authority, else the authority itself. */
  readonly loginAuthority?: string;
  /** https://api.xero.com, or the sandbox's. */
  readonly apiBase: string;
  readonly requestTimeoutMs?: number;
  /** Records on a page of a list, at most; by default as many as stay near 2 MB. */
  readonly pageSizeMax?: number;
  /** Dates the expiry of tokens. */
  readonly clock?: Clock;
}

/** Well above what Xero takes for 50 documents; a worker's lease must be longer. */
const REQUEST_TIMEOUT_MS = 45_000;
/** Xero's own limit. */
const PAGE_SIZE_MAX = 1_000;

/** Xero as a ledger, for one registered app. The only door of this folder; see README.md for Xero's oddities. */
export function createXeroConnector(config: XeroConfig): ConnectorDefinition {
  const requestTimeoutMs = config.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
  return {
    manifest: xeroManifest,
    auth: createXeroAuth({ ...config, requestTimeoutMs, clock: config.clock ?? systemClock }),
    rules: xeroRules,
    webhooks: xeroWebhooks,
    open: (session) => openXero(session, requestTimeoutMs, config.pageSizeMax ?? PAGE_SIZE_MAX),
  };
}

function openXero(session: ConnectorSession, requestTimeoutMs: number, pageSizeMax: number): Connector {
  const client = connectXero(createXeroClient(session, requestTimeoutMs));
  return {
    async probe() {
      const { Name, BaseCurrency } = await readOrganisation(client);
      // Its time zone is a name of Microsoft's ("GMTSTANDARDTIME"), which no clock here knows.
      return { tenantName: Name, baseCurrency: BaseCurrency, timeZone: null };
    },

    pull(recordType, cursor, options) {
      return pullRecords(client, readAlone(recordType, pageSizeMax), cursor, options);
    },

    async get<T extends RecordType>(recordType: T, externalId: string): Promise<RecordOf<T> | null> {
      const record = await getRecord(client, recordType, externalId);
      return record !== null && isOf(recordType, record) ? record : null;
    },

    find: (recordType, sought) => findRecords(client, recordType, sought),
    async *listIds(recordType) {
      const everything = pullRecords(client, readAlone(recordType, pageSizeMax), null, {
        knownVersions: async () => new Map(),
      });
      for await (const { records } of everything)
        yield records.flatMap((record) => (record.recordType === recordType ? [record.externalId] : []));
    },
    referenceData: () => readReferenceData(client),
    apply: (request) => applyWrites(client, request),
  };
}

/** How a type is read by itself; throws for one that has no list of its own. */
function readAlone(recordType: RecordType, pageSizeMax: number): Readable {
  if (isAllocationType(recordType)) throw notReadAlone(recordType);
  const readable = READABLE[recordType];
  const pageSize = readable.pageSize === null ? null : Math.min(readable.pageSize, pageSizeMax);
  return { ...readable, pageSize };
}

const isOf = <T extends RecordType>(recordType: T, record: CanonicalRecord): record is RecordOf<T> =>
  record.recordType === recordType;

function notReadAlone(recordType: RecordType): ConnectorError {
  const { many } = RECORD_TYPE_NAMES[recordType];
  const carriers = RECORD_TYPE_NAMES[carrierType(recordType)].many;
  return new ConnectorError("validation", `Xero gives ${many} inside their ${carriers} only.`, {
    mayHaveBeenApplied: false,
  });
}
