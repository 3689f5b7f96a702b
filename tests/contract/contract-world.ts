import type { AnyConnectorDefinition, ConnectorSession } from "@/lib/connectors/contract/connector";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { RecordType } from "@/lib/domain/record-type";

/**
 * What a connector's own test supplies to the shared suite: a running simulator with one connected tenant, and the
 * means to make things happen in it. The suite knows no vendor and no path of a vendor; a hook that the manifest
 * makes necessary and that is missing fails the suite by name, so no guarantee goes untested silently.
 */
export interface ContractWorld {
  /** Made with a request deadline of at most 1 second, so that the "silence" fault ends soon. */
  readonly definition: AnyConnectorDefinition;
  /**
   * A session on the connected tenant with a working token. `permit` may grant at once: the suite puts its own
   * counter around it. `accessToken({force: true})` must ask the vendor for a new token by definition.auth.refresh.
   */
  openSession(): Promise<ConnectorSession>;
  /**
   * Calls to the tenant's API so far by the simulator's own log, whatever their answer; token calls are left out.
   */
  countCalls(): Promise<number>;
  /** Every text that must stay out of errors: all access and refresh tokens so far and the client secret. */
  secrets(): readonly string[];
  /** Arms a fault for the next call to the tenant's API and none after it (see ContractFault). */
  arm(fault: ContractFault): Promise<void>;
  /** Ends the authorisation at the vendor, so that neither the access token nor a refresh works. */
  revokeAuthorisation(): Promise<void>;
  /** Back to a freshly seeded tenant with a working authorisation; called before each test. */
  reset(): Promise<void>;
  close(): Promise<void>;
  readonly reading: ReadingHooks;
  /** Needed as soon as the manifest declares a write. */
  readonly writing: WritingHooks | null;
}

/**
 * - rateLimited: the vendor's "too many calls" answer
 * - serverError: status 500 with a body that is not JSON
 * - silence: no answer before the connector's deadline; the call is not handled
 * - brokenOff: the answer announces its full length and the connection ends in the middle
 * - notJson: status 200 and a body cut off in the middle of its JSON
 * - tokenRefused: the vendor's answer to an access token that is no longer good; the refresh token still is
 * - lostAnswer: the call is handled and committed, then the connection ends without an answer
 */
export type ContractFault =
  | "rateLimited"
  | "serverError"
  | "silence"
  | "brokenOff"
  | "notJson"
  | "tokenRefused"
  | "lostAnswer";

/**
 * The seeded tenant holds records of every type that the manifest lets one read, of incremental ones more than the
 * connector puts on one page. `insert` and the hooks after it are asked for types read "full" or "incremental" only.
 */
export interface ReadingHooks {
  /** An id in the vendor's form that no record has. */
  readonly absentId: string;
  /**
   * External ids that a complete pull must yield: everything the tenant holds of that type now. Asked for types that
   * arrive with another one too.
   */
  externalIds(recordType: RecordType): Promise<readonly string[]>;
  /** Adds one record in the vendor's own system, as a person there would; answers its external id. */
  insert(recordType: RecordType): Promise<string>;
  /** Adds one record that the connector cannot read; answers the external id it will be quarantined under. */
  insertUnreadable(recordType: RecordType): Promise<string>;
  /**
   * A record that holds amounts (and its exact amounts as decimal text by canonical field, for example
   * {gross: "90071992547409.91"}) to prove that money crosses the wire to the last unit; null where the type has none.
   */
  insertExactAmounts(
    recordType: RecordType,
  ): Promise<{ externalId: string; amounts: Readonly<Record<string, string>> } | null>;
}

export interface WritingHooks {
  /**
   * A record that the target accepts for `create`, already prepared (rules.prepare done, marker inside, keys the
   * target's own). Equal seeds give equal records, different seeds records that do not collide. Whatever it refers to
   * (contact, invoice ...) exists already.
   */
  acceptable(recordType: RecordType, seed: string): Promise<CanonicalRecord>;
  /** The same kind of record, refused by the target's validation whatever the neighbours are. */
  refusable(recordType: RecordType, seed: string): Promise<CanonicalRecord>;
  /** An acceptable record dated inside the tenant's locked period; null where no lock concerns the type. */
  inLockedPeriod(recordType: RecordType, seed: string): Promise<CanonicalRecord | null>;
  /** How many records of that type the tenant holds, by the simulator's own count. */
  countRecords(recordType: RecordType): Promise<number>;
}
