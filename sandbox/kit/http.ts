/**
 * The sandbox's one HTTP server: routes by first path segment, strikes with ordered faults, waits for the
 * store's disk before any write is answered, and files every call. It knows no vendor's paths or bodies.
 * A service that throws is a fault of the sandbox: 500, told to `onError`, never hidden.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { errorText } from "@/lib/kernel/errors";
import { invariant } from "@/lib/kernel/invariant";
import { gatewayPage, resetConnection, sendAnswer, sendBent, untilHungUp } from "./answer-bytes";
import type { CallLog } from "./call-log";
import { inScope } from "./call-scope";
import { publishExchange } from "./exchanges";
import type { FaultEffect, Faults } from "./faults";
import type { CallDescription, SandboxClock, SandboxRequest, SandboxResponse, SandboxService } from "./types";

/** A service may put the number of records of a write here; it goes to the call log and not to the client. */
export const ELEMENTS_HEADER = "x-sandbox-elements";
const LIMIT_SPEED_HEADER = "x-sandbox-limit-speed";

/** More than any vendor takes, so that each vendor's own limit is the one that answers. */
const BODY_BYTES_MAX = 32 * 1024 * 1024;

export interface HttpParts {
  /** The service of a first path segment; asked at each call, since a reset makes new ones. */
  service(prefix: string): SandboxService | undefined;
  /** Answers /control; null when the path is none of its. */
  control(request: SandboxRequest): Promise<SandboxResponse>;
  /** Answers a vendor's pages for people; null when the path is none of them. Absent: there are none. */
  face?(prefix: string, request: SandboxRequest): SandboxResponse | null;
  readonly faults: Faults;
  readonly callLog: CallLog;
  readonly clock: SandboxClock;
  limitSpeed(): number;
  flush(): Promise<void>;
  /** The instant of sandbox time until which reads may miss writes; told a later one, it keeps that. */
  staleUntil(instantMs?: number): number;
  onError(error: unknown, request: { method: string; path: string }): void;
}

export interface ListeningServer {
  readonly origin: string;
  /** Stops taking calls and closes every connection. */
  close(): Promise<void>;
}

/** Listens on the port (0 = any free one). The origin always says localhost: Xero refuses 127.0.0.1. */
export async function listen(
  makeParts: (origin: string) => Promise<HttpParts>,
  { port, host }: { port: number; host: string },
): Promise<ListeningServer> {
  let parts: HttpParts | null = null;
  const server = createServer({ keepAliveTimeout: 30_000 }, (incoming, outgoing) => {
    invariant(parts !== null, "the sandbox answered before it was ready");
    void answer(parts, incoming, outgoing);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const origin = `http://localhost:${addressOf(server).port}`;
  try {
    parts = await makeParts(origin);
  } catch (error) {
    server.close();
    throw error;
  }
  return {
    origin,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  invariant(address !== null && typeof address === "object", "the sandbox has no address");
  return address;
}

async function answer(parts: HttpParts, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const method = (incoming.method ?? "GET").toUpperCase();
  const url = new URL(incoming.url ?? "/", "http://localhost");
  const [, prefix = "", path] = /^\/([^/]*)(.*)$/.exec(url.pathname) ?? [];
  outgoing.setHeader(LIMIT_SPEED_HEADER, String(parts.limitSpeed()));
  // Clients read the vendor's time off this header, so it must agree with every other date in the answers.
  outgoing.sendDate = false;
  outgoing.setHeader("date", parts.clock.now().toUTCString());
  try {
    const body = await readBody(incoming);
    if (body === null) {
      sendAnswer(outgoing, {
        status: 413,
        headers: { connection: "close" },
        body: "Request Entity Too Large",
      });
      return;
    }
    const request: SandboxRequest = {
      method,
      path: path === undefined || path === "" ? "/" : path,
      query: url.searchParams,
      headers: flatHeaders(incoming),
      body,
    };
    if (prefix === "control") {
      const response = await parts.control(request);
      await parts.flush();
      sendAnswer(outgoing, response);
      return;
    }
    const face = parts.face?.(prefix, request) ?? null;
    if (face !== null) {
      await parts.flush();
      sendAnswer(outgoing, face);
      return;
    }
    const service = parts.service(prefix);
    if (service === undefined) {
      sendAnswer(outgoing, { status: 404, body: `The sandbox has no service "${prefix}".\n` });
      return;
    }
    await serve(parts, service, request, outgoing);
  } catch (error) {
    if (incoming.destroyed && !incoming.complete) return; // The client hung up in mid-request.
    parts.onError(error, { method, path: url.pathname });
    sendAnswer(outgoing, {
      status: 500,
      headers: { "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify({ sandboxError: errorText(error) }),
    });
  }
}

async function serve(
  parts: HttpParts,
  service: SandboxService,
  request: SandboxRequest,
  outgoing: ServerResponse,
): Promise<void> {
  const call = service.describe(request);
  const at = parts.clock.now().toISOString();
  const effect = parts.faults.strike({
    service: service.prefix,
    operation: call.operation,
    method: request.method,
    tenant: call.tenant,
  });
  const struck: Struck = { effect, fault: effect?.type ?? null };
  const file = (status: number, bytesOut: number, elements?: string): void =>
    parts.callLog.record({
      at,
      service: service.prefix,
      tenant: call.tenant,
      caller: service.callerOf?.(request) ?? null,
      userAgent: request.headers["user-agent"] ?? null,
      operation: call.operation,
      method: request.method,
      path: request.path,
      status,
      kind: call.kind,
      bytesIn: request.body.length,
      bytesOut,
      ...(elements === undefined ? {} : { elements: Number(elements) }),
      ...(struck.fault === null ? {} : { fault: struck.fault }),
    });

  if (endsBefore(effect)) {
    file(0, 0);
    await end(outgoing, effect);
    return;
  }
  if (effect?.type === "delay" && !effect.afterHandling) await delay(effect.milliseconds);
  const response = await scoped(parts, outgoing, call, effect, () =>
    handle(parts, service, request, call, struck),
  );
  const { [ELEMENTS_HEADER]: elements, ...headers } = response.headers ?? {};
  if (effect?.type === "delay" && effect.afterHandling) await delay(effect.milliseconds);
  if (endsAfter(effect)) {
    file(0, 0, elements);
    await end(outgoing, effect);
    return;
  }
  const body = Buffer.from(response.body ?? "");
  file(response.status, body.length, elements);
  await sendBent(outgoing, { ...response, headers, body }, effect, parts.clock);
}

/** The fault of a call, and what the call log says of it: an edit that the vendor refused says why. */
interface Struck {
  readonly effect: FaultEffect | null;
  fault: string | null;
}

function endsBefore(effect: FaultEffect | null): boolean {
  if (effect?.type === "reset") return effect.when === "before";
  return effect?.type === "drop-before" || effect?.type === "timeout-before";
}

function endsAfter(effect: FaultEffect | null): boolean {
  if (effect?.type === "reset") return effect.when === "after";
  return effect?.type === "drop-after" || effect?.type === "timeout-after";
}

/** Ends a call that gets no answer, in the way of its fault. */
async function end(outgoing: ServerResponse, effect: FaultEffect | null): Promise<void> {
  if (effect?.type === "reset") resetConnection(outgoing);
  else if (effect?.type.startsWith("timeout")) await untilHungUp(outgoing);
  else outgoing.destroy();
}

/** Runs the call in the scope that its fault asks for; without one, reads may still see hidden writes late. */
function scoped<T>(
  parts: HttpParts,
  outgoing: ServerResponse,
  call: CallDescription,
  effect: FaultEffect | null,
  run: () => Promise<T>,
): Promise<T> {
  const skewMs = effect?.type === "clock-skew" ? effect.seconds * 1000 : 0;
  const hidesUntilMs =
    effect?.type === "stale-reads" ? parts.clock.now().getTime() + effect.seconds * 1000 : null;
  if (hidesUntilMs !== null) parts.staleUntil(hidesUntilMs);
  const seesStale = call.kind === "read" && parts.staleUntil() > parts.clock.now().getTime();
  if (skewMs === 0 && hidesUntilMs === null && !seesStale) return run();
  return inScope({ skewMs, hidesUntilMs, seesStale }, () => {
    outgoing.setHeader("date", parts.clock.now().toUTCString());
    return run();
  });
}

async function handle(
  parts: HttpParts,
  service: SandboxService,
  request: SandboxRequest,
  call: CallDescription,
  struck: Struck,
): Promise<SandboxResponse> {
  const { effect } = struck;
  const replaced = replacement(service, request, effect);
  if (replaced !== null && !replaced.afterHandling) return replaced.response;
  if (effect?.type === "expired-token") service.faults?.expireToken(request);
  if (effect?.type === "revoked-token") service.faults?.revokeToken(request);
  if (effect?.type === "edit") {
    const outcome = service.faults?.edit(effect.edit, request);
    struck.fault = outcome?.ok === true ? `edit of ${outcome.text}` : `edit refused: ${outcome?.text}`;
  }
  const response = await service.handle(request);
  publishExchange({ service: service.prefix, operation: call.operation, request, response });
  if (call.kind !== "read" || effect !== null) await parts.flush();
  return replaced === null ? response : replaced.response;
}

/** The answer that a fault gives in place of the service's. */
function replacement(
  service: SandboxService,
  request: SandboxRequest,
  effect: FaultEffect | null,
): { readonly response: SandboxResponse; readonly afterHandling: boolean } | null {
  switch (effect?.type) {
    case "status":
      return {
        response: { status: effect.status, headers: effect.headers, body: effect.body },
        afterHandling: effect.afterHandling,
      };
    case "html":
      return { response: gatewayPage(effect.status), afterHandling: effect.afterHandling };
    case "rate-limit": {
      invariant(service.faults !== undefined, `the service "${service.prefix}" has no limits`);
      return { response: service.faults.rateLimit(effect.problem, request), afterHandling: false };
    }
    default:
      return null;
  }
}

async function readBody(incoming: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > BODY_BYTES_MAX) return null;
    chunks.push(part);
  }
  return Buffer.concat(chunks);
}

function flatHeaders(incoming: IncomingMessage): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers))
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(", ") : value;
  return flat;
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
