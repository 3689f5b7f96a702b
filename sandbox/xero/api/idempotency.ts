/**
 * Idempotency-Key as Xero keeps it: for six minutes of sandbox time the first answer to a key is given again
 * (errors too), another request under the same key is refused, and a repeat that comes while the first is
 * still being answered waits for it. Kept in the store beside the records that the answer speaks of, so that
 * a repeat after a restart is answered as one before it.
 */
import { createHash } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { ELEMENTS_HEADER } from "@/sandbox/kit/http";
import type { Collection, SandboxRequest, SandboxResponse, SandboxStore } from "@/sandbox/kit/types";

const KEPT_MS = 6 * 60_000;
const KEY_CHARACTERS_MAX = 128;

interface KeptAnswer {
  readonly fingerprint: string;
  readonly atMs: number;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Deflated, since a bulk load's answers are as large as its requests; base64. */
  readonly body: string;
}

type KeptHead = Pick<KeptAnswer, "fingerprint" | "atMs">;

export interface IdempotencyKeys {
  /** Runs the request once for its key; without a key it simply runs. */
  once(
    call: { clientId: string; tenant: string; request: SandboxRequest; nowMs: number },
    run: () => Promise<SandboxResponse>,
    refuse: (message: string) => SandboxResponse,
  ): Promise<SandboxResponse>;
}

/** Whether a call goes through the store of keys: reads and deletions do not. */
export function hasKey({ method, headers }: Pick<SandboxRequest, "method" | "headers">): boolean {
  return (headers["idempotency-key"] ?? "") !== "" && method !== "GET" && method !== "DELETE";
}

export function createIdempotencyKeys(store: SandboxStore): IdempotencyKeys {
  const kept = store.collection<KeptAnswer, KeptHead>("xero.idempotency", ({ fingerprint, atMs }) => ({
    fingerprint,
    atMs,
  }));
  const running = new Map<string, { fingerprint: string; answer: Promise<SandboxResponse> }>();
  return {
    async once({ clientId, tenant, request, nowMs }, run, refuse) {
      const key = request.headers["idempotency-key"];
      if (key === undefined || !hasKey(request)) return run();
      if (key.length > KEY_CHARACTERS_MAX)
        return refuse(`Idempotency Key must be at most ${KEY_CHARACTERS_MAX} characters.`);
      forgetOld(kept, nowMs);
      const name = `${clientId} ${key}`;
      const fingerprint = fingerprintOf(tenant, request);
      const first = running.get(name) ?? kept.head(name);
      if (first !== undefined && first.fingerprint !== fingerprint)
        return refuse(`Idempotency Key ${key} is used with a different request`);
      const present = running.get(name);
      if (present !== undefined) return asReplay(await present.answer);
      const before = kept.get(name);
      if (before !== undefined) return replayed(before);
      const answer = run();
      running.set(name, { fingerprint, answer });
      try {
        const response = await answer;
        kept.put(name, { fingerprint, atMs: nowMs, ...packed(response) });
        return response;
      } finally {
        running.delete(name);
      }
    },
  };
}

function forgetOld(kept: Collection<KeptAnswer, KeptHead>, nowMs: number): void {
  for (const [name, { atMs }] of kept.heads()) {
    if (nowMs - atMs < KEPT_MS) break;
    kept.delete(name);
  }
}

function fingerprintOf(tenant: string, request: SandboxRequest): string {
  return createHash("sha256")
    .update(`${request.method} ${request.path.toLowerCase()}?${request.query.toString()} ${tenant}\n`)
    .update(request.body)
    .digest("base64");
}

/** A repeat writes nothing, so it reports no elements to the call log. */
function asReplay(response: SandboxResponse): SandboxResponse {
  const { [ELEMENTS_HEADER]: _elements, ...headers } = response.headers ?? {};
  return { ...response, headers };
}

function packed(response: SandboxResponse): Pick<KeptAnswer, "status" | "headers" | "body"> {
  const { status, headers = {} } = asReplay(response);
  const body = deflateRawSync(Buffer.from(response.body ?? ""), { level: 1 }).toString("base64");
  return { status, headers, body };
}

function replayed({ status, headers, body }: KeptAnswer): SandboxResponse {
  return { status, headers, body: inflateRawSync(Buffer.from(body, "base64")) };
}
