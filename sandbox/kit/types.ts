/**
 * What every simulated vendor is made of. A service answers parsed HTTP requests under its own path
 * prefix and keeps its records in the sandbox store; it knows no other service and nothing of lib/connectors.
 */
import type { Derived, Touched } from "./derived";

export interface SandboxRequest {
  readonly method: string;
  /** Path after the service's prefix, still as sent (vendors differ in how they treat case). */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface SandboxResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** How the call log files a call; the service says it, since only the service knows its paths. */
export interface CallDescription {
  /** Tenant or organisation id, when the call names one. */
  readonly tenant: string | null;
  /** Path with ids replaced, for example "/Invoices/{id}". */
  readonly operation: string;
  readonly kind: "read" | "write" | "auth" | "page";
}

export interface SandboxService {
  /** First path segment, for example "xero": http://localhost:PORT/xero/... */
  readonly prefix: string;
  describe(request: SandboxRequest): CallDescription;
  handle(request: SandboxRequest): Promise<SandboxResponse>;
  /** The client id of the app that calls, where the call tells. */
  callerOf?(request: SandboxRequest): string | null;
  readonly faults?: ServiceFaults;
}

/** Faults that only the vendor itself can have. */
export interface ServiceFaults {
  /** Names of its limits, for `rateLimit`. */
  readonly limits: readonly string[];
  /** Its own refusal for a limit. */
  rateLimit(problem: string, request: SandboxRequest): SandboxResponse;
  /** The call's access token is expired from now on. */
  expireToken(request: SandboxRequest): void;
  /** The grant behind the call's access token is revoked from now on. */
  revokeToken(request: SandboxRequest): void;
  /** A person's edit in the tenant of the call; answers what the vendor's rules said to it. */
  edit(edit: Readonly<Record<string, unknown>>, request: SandboxRequest): EditOutcome;
}

export interface EditOutcome {
  readonly ok: boolean;
  /** The record that was edited, or why it was not. */
  readonly text: string;
}

/** How sandbox time runs, for keeping it over a restart. */
export interface ClockSetting {
  /** Sandbox time was this, */
  readonly atMs: number;
  /** when the machine's clock said this, */
  readonly machineMs: number;
  /** and has run so many times faster since. */
  readonly scale: number;
}

/** Sandbox time; everything that counts time uses this clock. */
export interface SandboxClock {
  now(): Date;
  /** Moves to an instant and goes on from there, or back to following the machine's clock when null. */
  set(instant: Date | null): void;
  advance(milliseconds: number): void;
  /** How many times faster than the machine's clock it runs. */
  readonly scale: number;
  setScale(scale: number): void;
  /** Null while it follows the machine's clock. */
  readonly setting: ClockSetting | null;
  /** Goes on as it would have, had the process not ended. */
  restore(setting: ClockSetting): void;
  /** Resolves once so much sandbox time has passed, or once `until` has resolved. */
  wait(milliseconds: number, until?: Promise<void>): Promise<void>;
}

/**
 * Records of one kind. `header` is the small part that lists and filters need: it stays in memory as an
 * object, while the body is kept as compact JSON bytes, so that a quarter of a million lines fit.
 */
export interface Collection<Body, Header> {
  get(id: string): Body | undefined;
  head(id: string): Header | undefined;
  put(id: string, body: Body): void;
  delete(id: string): void;
  /** Ids and headers in order of insertion, derived ones first. */
  heads(): IterableIterator<[string, Header]>;
  readonly size: number;
}

/** What lies around the written records of a collection: derived ones below, hidden writes above. */
export interface Layers<Body, Header> {
  /** Puts derived records below the written ones; those already written over stay as they are. */
  derive(source: Derived<Body, Header>): void;
  /** The derived records below, with the numbers that were written over; null where there are none. */
  readonly derived: { readonly source: Derived<Body, Header>; readonly touched: Touched } | null;
  /** Written records alone, in order of insertion. */
  writtenHeads(): IterableIterator<[string, Header]>;
  /** Whether the record stands for itself, written by somebody and not derived. */
  isWritten(id: string): boolean;
  /** Ids whose newest writes a stale read does not see; empty outside of one. */
  hiddenIds(): readonly string[];
}

export interface SandboxStore {
  collection<Body, Header>(
    name: string,
    header: (body: Body) => Header,
  ): Collection<Body, Header> & Layers<Body, Header>;
  /** Resolves once everything put so far is on disk (at once when the store has no folder). */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Behaviours that the vendor's documentation leaves open; each has a position that tests can choose. */
export interface SandboxSwitches {
  get(name: string): string;
  set(name: string, position: string): void;
}

export interface SandboxContext {
  readonly clock: SandboxClock;
  readonly store: SandboxStore;
  readonly switches: SandboxSwitches;
  /** http://localhost:PORT, without a trailing slash. */
  readonly origin: string;
  /** How many times faster than the vendor's the limit windows run (1 = real). */
  limitSpeed(): number;
  /** A new UUID. */
  newId(): string;
}
