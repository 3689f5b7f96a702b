/** What the audit trail is narrowed to; the parts of an action before its dot. */
export const AUDIT_AREAS = [
  "run",
  "record",
  "exceptions",
  "match",
  "tieOut",
  "month",
  "approval",
  "setup",
  "flow",
  "schedule",
  "connection",
  "workspace",
] as const;
export type AuditArea = (typeof AUDIT_AREAS)[number];

export interface AuditFilter {
  readonly area: AuditArea | null;
  /** Days in UTC, both included; null where the trail is not cut there. */
  readonly from: string | null;
  readonly to: string | null;
}

export interface AuditRow {
  /** Place in the trail; it only grows. */
  readonly sequence: string;
  /** ISO instant. */
  readonly at: string;
  /** A name; "Tieout" for the system. */
  readonly by: string;
  /** What was done, in words. */
  readonly what: string;
  readonly action: string;
  readonly subject: string;
  /** As JSON text; empty where nothing was kept. */
  readonly before: string;
  readonly after: string;
  /** Hash of its link in the chain; empty until it is sealed. */
  readonly seal: string;
}

/** How far the chain over the trail goes. */
export interface AuditSealing {
  /** Lines in the chain. */
  readonly lines: number;
  /** Hash of the last link. */
  readonly hash: string;
  /** ISO instant of the last link. */
  readonly at: string;
  /** Lines that are not in it yet. */
  readonly waiting: number;
}

export interface AuditPage {
  /** Newest first. */
  readonly rows: readonly AuditRow[];
  /** Pass as `before` for the next page; null on the last. */
  readonly next: string | null;
  /** Null before the first line was sealed. */
  readonly sealing: AuditSealing | null;
}
