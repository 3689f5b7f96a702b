import type { BookedLine, SettledState } from "@/lib/domain/booking";
import type { CanonicalRecord, RecordOf } from "@/lib/domain/canonical-record";
import type { ConnectionValues } from "@/lib/domain/connection-field";
import type { Prediction } from "@/lib/domain/prediction";
import type { Problem } from "@/lib/domain/problem";
import type { RecordType } from "@/lib/domain/record-type";
import type { ReferenceData } from "@/lib/domain/reference-data";
import type { Clock } from "@/lib/kernel/clock";
import type { Json } from "@/lib/kernel/json";
import type { ConnectorManifest, WriteVerb } from "./manifest";
import type { ConnectorWebhooks } from "./webhooks";

/**
 * What every connector is. The engine is handed connectors and names none; a connector knows its vendor and
 * nothing of the vault, the database, the budget or another vendor.
 */
export interface ConnectorDefinition<Auth extends ConnectorTokens = ConnectorAuth> {
  readonly manifest: ConnectorManifest;
  readonly auth: Auth;
  readonly rules: ConnectorRules;
  /** Only where the vendor has them. */
  readonly webhooks?: ConnectorWebhooks;
  open(session: ConnectorSession): Connector;
}

/** A connector whose manifest declares connectionFields. */
export type FormConnectorDefinition = ConnectorDefinition<ConnectorForm>;

export type AnyConnectorDefinition = ConnectorDefinition | FormConnectorDefinition;

/** Whether a person connects it by typing what the manifest asks for. */
export const isConnectedByForm = (
  definition: AnyConnectorDefinition,
): definition is FormConnectorDefinition => "connect" in definition.auth;

// ---- Consent and tokens ----

export interface TokenSet {
  readonly accessToken: string;
  /** What renews the access token: a refresh token, or what the connector made of the secrets that were typed. */
  readonly refreshToken: string;
  /** ISO instant. */
  readonly expiresAt: string;
  readonly scopes: readonly string[];
  /** The refresh token before this one, while the vendor still takes it (a lost answer is no lost connection). */
  readonly previousRefreshToken: string | null;
}

export interface Tenant {
  readonly tenantId: string;
  readonly name: string;
  /** The vendor's id of this authorisation where it has one, else empty. */
  readonly authorisationId: string;
}

/** Where a connection's calls go, as its own connect or exchange answered. */
export interface ConnectionPlace {
  readonly region: string;
  readonly apiBase: string;
  /** What was typed and is no secret; absent where a consent page asked. */
  readonly settings?: ConnectionValues;
}

/** What every connection does with its tokens, however it began. */
export interface ConnectorTokens {
  /** Throws ConnectorError authExpired when a person has to connect again. */
  refresh(tokens: TokenSet, where: ConnectionPlace): Promise<TokenSet>;
  listTenants(tokens: TokenSet, where: ConnectionPlace): Promise<readonly Tenant[]>;
  /** Ends the authorisation at the vendor, not only here. Absent there already is success. */
  disconnect(tokens: TokenSet, where: ConnectionPlace & { authorisationId: string }): Promise<void>;
}

/** Connected by a form: what was typed is tried at once, so that a wrong secret is known while the form is open. */
export interface ConnectorForm extends ConnectorTokens {
  /**
   * Throws ConnectorError `validation` for what the person typed wrong (its sentence is shown beside the form), authExpired
   * for refused credentials. No secret stands in `settings`.
   */
  connect(values: ConnectionValues): Promise<{
    tokens: TokenSet;
    region: string;
    apiBase: string;
    settings: ConnectionValues;
  }>;
}

/** Connected by the vendor's own consent page. */
export interface ConnectorAuth extends ConnectorTokens {
  /** Address of the consent page for a full redirect. */
  authorizeUrl(request: {
    redirectUri: string;
    state: string;
    codeChallenge: string;
    region: string;
    /** Record types of manifest.writeScopes that leave to write is asked for as well. */
    writes?: readonly RecordType[];
  }): string;
  /**
   * Exchanges the code of a callback. `callback` is the whole query of the redirect; a region or token host
   * named in it is checked against the connector's own list before a secret is sent there.
   */
  exchange(request: {
    callback: URLSearchParams;
    redirectUri: string;
    codeVerifier: string;
    region: string;
  }): Promise<{ tokens: TokenSet; region: string; apiBase: string }>;
}

// ---- Session ----

export interface ConnectorSession {
  readonly tenantId: string;
  readonly region: string;
  readonly apiBase: string;
  /** What was typed when it was connected and is no secret; absent where a consent page asked. */
  readonly settings?: ConnectionValues;
  readonly clock: Clock;
  /** A usable access token; `force` asks for a new one after the vendor refused the old. */
  accessToken(options?: { force?: boolean }): Promise<string>;
  /** Waits for leave to make `cost` calls, or throws ConnectorError rateLimited with the time to come back. */
  permit(cost: number): Promise<Permit>;
}

export interface Permit {
  /** Must be called once a call ended, however it ended (null when there was no answer). */
  observe(answer: ObservedAnswer | null): Promise<void>;
}

export interface ObservedAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bytesReceived: number;
  /** Records that the call wrote, where it may write several; 1 for a read. */
  readonly records: number;
}

// ---- Reading and writing ----

export interface PullOptions {
  /** Versions already stored, so that an unchanged record needs no call of its own. */
  knownVersions(recordType: RecordType, externalIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

export interface PullPage {
  /** May hold record types that arrive with the one asked for (allocations with credit notes). */
  readonly records: readonly CanonicalRecord[];
  readonly quarantined: readonly QuarantinedRecord[];
  /** Where to go on after this page is stored. Feeding it back resumes; it is opaque to the engine. */
  readonly nextCursor: Json;
  /** How many records of the type the source says there are to read in this pull; null when it does not say. */
  readonly total: number | null;
  /** Read so far in this pull, unchanged ones included. */
  readonly seen: number;
}

export interface QuarantinedRecord {
  readonly recordType: RecordType;
  readonly externalId: string;
  /** A plain sentence that names the field. */
  readonly problem: string;
  readonly payload: Json;
}

export interface WriteRequest {
  readonly recordType: RecordType;
  readonly verb: WriteVerb;
  /** The same key is only ever sent with identical elements, at most 128 characters. */
  readonly idempotencyKey: string;
  readonly elements: readonly WriteElement[];
}

export interface WriteElement {
  readonly intentId: string;
  /** Keys inside are the target's own; marker is set. */
  readonly record: CanonicalRecord;
  /** Of the record to update or void, else null. */
  readonly externalId: string | null;
}

/**
 * One outcome an element. A call that certainly did nothing (budget, refused token, 429) throws instead.
 * `applied` carries the record as the vendor answered, for comparison with what was asked.
 */
export type WriteOutcome =
  | {
      readonly intentId: string;
      readonly kind: "applied" | "alreadyApplied";
      readonly externalId: string;
      readonly record: CanonicalRecord;
    }
  | {
      readonly intentId: string;
      readonly kind: "rejected";
      readonly problem: Problem;
      /** Absent where the connector refused it itself and the vendor was not asked. */
      readonly exchange?: VendorExchange;
    }
  | {
      readonly intentId: string;
      readonly kind: "unknown";
      readonly why: string;
      readonly exchange?: VendorExchange;
    };

/**
 * What was sent for one record and what came back for it, in the vendor's own words: bodies alone, never a header, since
 * tokens stand there.
 */
export interface VendorExchange {
  readonly method: string;
  /** Path without the address of the vendor. */
  readonly path: string;
  readonly sent: unknown;
  /** Null where no answer came. */
  readonly status: number | null;
  readonly answered: unknown;
  /** The vendor's own id of the call, for its support; null where it gave none. */
  readonly vendorRequestId: string | null;
}

export interface Connector {
  /**
   * Is the connection usable, what tenant, what base currency, which IANA time zone (null where the vendor names none
   * that way). Writes nothing.
   */
  probe(): Promise<{ tenantName: string; baseCurrency: string; timeZone: string | null }>;
  /**
   * Pages from a cursor (null = from the beginning) to the end. The last page's cursor is where the next
   * incremental pull starts. A page is small enough to be read within seconds at the vendor's own pace.
   */
  pull(recordType: RecordType, cursor: Json, options: PullOptions): AsyncIterable<PullPage>;
  /** One record, or null when the vendor has none of that id. */
  get<T extends RecordType>(recordType: T, externalId: string): Promise<RecordOf<T> | null>;
  /** Records of the target that could be the given one (by marker or natural key): read-only. */
  find(recordType: RecordType, sought: readonly CanonicalRecord[]): Promise<readonly CanonicalRecord[]>;
  /**
   * Every external id that the vendor has now, a list at a time, for types that are read on their own and whose deletions
   * no pull shows. An id that is not among them is only surely gone once `get` says so: pages shift while they are read.
   */
  listIds(recordType: RecordType): AsyncIterable<readonly string[]>;
  referenceData(): Promise<ReferenceData>;
  /** At most manifest.batch elements of one record type and verb. */
  apply(request: WriteRequest): Promise<readonly WriteOutcome[]>;
}

// ---- Pure rules ----

export interface ConnectorRules {
  /**
   * The record with our marker inside, cleaned to what the vendor accepts without loss (for example a name with two
   * spaces in a row), and a sentence for each such change.
   */
  prepare(
    record: CanonicalRecord,
    marker: MarkerContext,
  ): { record: CanonicalRecord; warnings: readonly string[] };
  /** True for a marker that this pair put on a record, false for anything a person or another app wrote there. */
  isMarker(text: string, where: Pick<MarkerContext, "origin" | "pairId">): boolean;
  /** What the vendor would refuse, as far as it can be known beforehand. */
  preflight(record: CanonicalRecord, referenceData: ReferenceData): readonly Problem[];
  /** Totals and journal in the vendor's own arithmetic. Null for records without an amount. */
  predict(record: CanonicalRecord, referenceData: ReferenceData): Prediction | null;
  /**
   * The journal of the record in the ledger's base currency, in the vendor's own arithmetic; `settled` are the documents
   * that a settlement settles, under the ids that it names. Null where the vendor's own rate decides.
   */
  book(
    record: CanonicalRecord,
    settled: readonly SettledState[],
    referenceData: ReferenceData,
  ): readonly BookedLine[] | null;
  /** Bytes that this record adds to a write call. */
  encodedBytes(record: CanonicalRecord): number;
  /** What a record of that kind is found by: number, code, or the name without case and extra spaces. */
  naturalKey(record: CanonicalRecord): string;
  /** Address of the record in the vendor's own web app; null where it has none. */
  link(recordType: RecordType, externalId: string): string | null;
}

export interface MarkerContext {
  /** Public address of this Tieout, without trailing slash. */
  readonly origin: string;
  /** Id of the pair. */
  readonly pairId: string;
  /** External id of the source record. */
  readonly sourceExternalId: string;
}
