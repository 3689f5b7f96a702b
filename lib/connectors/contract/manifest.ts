import type { ConnectionField } from "@/lib/domain/connection-field";
import type { RecordType } from "@/lib/domain/record-type";

/**
 * A connector's data sheet: plain data, safe to show in the browser. What it declares the connector must do,
 * and what it does not declare the connector must refuse; the contract suite checks both ways.
 */
export interface ConnectorManifest {
  /** Folder name under lib/connectors. */
  readonly id: string;
  readonly label: string;
  readonly role: "source" | "ledger";
  readonly regions: readonly { readonly id: string; readonly label: string }[];
  /**
   * What a person types to connect, where the vendor has no consent page: it is connected by a form instead of a redirect.
   * Absent: a consent page asks.
   */
  readonly connectionFields?: readonly ConnectionField[];
  readonly scopes: readonly { readonly name: string; readonly why: string }[];
  /** Asked for in addition once a flow that writes this record type here is on; only where the role is `source`. */
  readonly writeScopes?: readonly {
    readonly name: string;
    readonly why: string;
    readonly recordType: RecordType;
  }[];
  readonly capabilities: Readonly<Record<RecordType, RecordCapability>>;
  readonly limits: {
    readonly callsPerMinute: number;
    readonly callsPerDay: number;
    readonly callsAtOnce: number;
    /** Calls a minute of the whole app over all its tenants; null where the vendor has no such limit. */
    readonly callsPerMinuteOfApp: number | null;
    /** Answer headers (lower case) that say what is left; null where the vendor sends none. */
    readonly dayRemainingHeader: string | null;
    readonly appRemainingHeader: string | null;
    readonly retryAfterHeader: string | null;
  };
  /** Documents in one write call, at most. */
  readonly batch: number;
  /** Bytes in one write call, at most. */
  readonly batchBytes: number;
  readonly documentation: readonly {
    readonly label: string;
    readonly url: string;
    readonly checked: string;
  }[];
}

export interface RecordCapability {
  /** `with`: arrives together with another record type's pull. */
  readonly read: "full" | "incremental" | "none" | { readonly with: RecordType };
  readonly write: readonly WriteVerb[];
  /** Verbs whose records take a call each: so many are handed over at once, so that no lease is held for long. */
  readonly oneByOne?: Readonly<Partial<Record<WriteVerb, number>>>;
  readonly deletesVisible: boolean;
  readonly webhook: boolean;
}

/** `void` takes a record out of the books in the ledger's own manner: voided, or deleted where it knows no voiding. */
export type WriteVerb = "create" | "update" | "void";
