/**
 * What every simulated vendor is made of. A service answers parsed HTTP requests under its own path
 * prefix and keeps its records in the sandbox store; it knows no other service and nothing of lib/connectors.
 */

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
}

/** Sandbox time. Tokens and signatures use the machine's clock; everything else uses this one. */
export interface SandboxClock {
  now(): Date;
  /** Moves to an instant, or back to following the machine's clock when null. */
  set(instant: Date | null): void;
  advance(milliseconds: number): void;
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
  /** Ids and headers in order of insertion. */
  heads(): IterableIterator<[string, Header]>;
  readonly size: number;
}

export interface SandboxStore {
  collection<Body, Header>(name: string, header: (body: Body) => Header): Collection<Body, Header>;
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
