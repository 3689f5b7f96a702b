/**
 * Idempotency-Key as Xero keeps it: for six minutes of sandbox time the first answer to a key is given again
 * (errors too), another request under the same key is refused, and a repeat that comes while the first is
 * still being answered waits for it. Held in memory only; Xero's own store may be lost as well.
 */
import { createHash } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { ELEMENTS_HEADER } from "@/sandbox/kit/http";
import type { SandboxRequest, SandboxResponse } from "@/sandbox/kit/types";

const KEPT_MS = 6 * 60_000;
const KEY_CHARACTERS_MAX = 128;

interface KeptAnswer {
  readonly fingerprint: string;
  readonly atMs: number;
  replay(): Promise<SandboxResponse>;
}

export interface IdempotencyKeys {
  /** Runs the request once for its key; without a key it simply runs. */
  once(
    call: { clientId: string; tenant: string; request: SandboxRequest; nowMs: number },
    run: () => Promise<SandboxResponse>,
    refuse: (message: string) => SandboxResponse,
  ): Promise<SandboxResponse>;
}

export function createIdempotencyKeys(): IdempotencyKeys {
  const kept = new Map<string, KeptAnswer>();
  return {
    async once({ clientId, tenant, request, nowMs }, run, refuse) {
      const key = request.headers["idempotency-key"];
      if (key === undefined || request.method === "GET" || request.method === "DELETE") return run();
      if (key.length > KEY_CHARACTERS_MAX)
        return refuse(`Idempotency Key must be at most ${KEY_CHARACTERS_MAX} characters.`);
      forgetOld(kept, nowMs);
      const name = `${clientId} ${key}`;
      const fingerprint = fingerprintOf(tenant, request);
      const first = kept.get(name);
      if (first !== undefined) {
        if (first.fingerprint !== fingerprint)
          return refuse(`Idempotency Key ${key} is used with a different request`);
        return first.replay();
      }
      const answer = run();
      kept.set(name, { fingerprint, atMs: nowMs, replay: async () => asReplay(await answer) });
      try {
        kept.set(name, { fingerprint, atMs: nowMs, replay: packed(await answer) });
      } catch (error) {
        kept.delete(name);
        throw error;
      }
      return answer;
    },
  };
}

function forgetOld(kept: Map<string, KeptAnswer>, nowMs: number): void {
  for (const [name, { atMs }] of kept) {
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

/**
 * A bulk load's answers are as large as its requests, so they are kept deflated. The closure is made here and
 * not in `once`, where it would share its scope with the promise of the answer and keep that alive.
 */
function packed(response: SandboxResponse): () => Promise<SandboxResponse> {
  const { status, headers } = asReplay(response);
  const body = deflateRawSync(Buffer.from(response.body ?? ""), { level: 1 });
  return async () => ({ status, headers, body: inflateRawSync(body) });
}
