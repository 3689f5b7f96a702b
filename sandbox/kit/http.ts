/**
 * The sandbox's one HTTP server: routes by first path segment, strikes with ordered faults, waits for the
 * store's disk before any write is answered, and files every call. It knows no vendor's paths or bodies.
 * A service that throws is a fault of the sandbox: 500, told to `onError`, never hidden.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { errorText } from "@/lib/kernel/errors";
import { invariant } from "@/lib/kernel/invariant";
import type { CallLog } from "./call-log";
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
  readonly faults: Faults;
  readonly callLog: CallLog;
  readonly clock: SandboxClock;
  limitSpeed(): number;
  flush(): Promise<void>;
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
      send(outgoing, { status: 413, headers: { connection: "close" }, body: "Request Entity Too Large" });
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
      send(outgoing, response);
      return;
    }
    const service = parts.service(prefix);
    if (service === undefined) {
      send(outgoing, { status: 404, body: `The sandbox has no service "${prefix}".\n` });
      return;
    }
    await serve(parts, service, request, outgoing);
  } catch (error) {
    if (incoming.destroyed && !incoming.complete) return; // The client hung up in mid-request.
    parts.onError(error, { method, path: url.pathname });
    send(outgoing, {
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
  });
  const file = (status: number, bytesOut: number, elements?: string): void =>
    parts.callLog.record({
      at,
      service: service.prefix,
      tenant: call.tenant,
      operation: call.operation,
      method: request.method,
      path: request.path,
      status,
      kind: call.kind,
      bytesIn: request.body.length,
      bytesOut,
      ...(elements === undefined ? {} : { elements: Number(elements) }),
      ...(effect === null ? {} : { fault: effect.type }),
    });

  if (effect?.type === "drop-before") {
    file(0, 0);
    outgoing.destroy();
    return;
  }
  if (effect?.type === "delay" && !effect.afterHandling) await delay(effect.milliseconds);
  const response = await handle(parts, service, request, call, effect);
  const { [ELEMENTS_HEADER]: elements, ...headers } = response.headers ?? {};
  if (effect?.type === "delay" && effect.afterHandling) await delay(effect.milliseconds);
  if (effect?.type === "drop-after") {
    file(0, 0, elements);
    outgoing.destroy();
    return;
  }
  const body = Buffer.from(response.body ?? "");
  file(response.status, body.length, elements);
  if (effect?.type === "truncate") {
    outgoing.writeHead(response.status, { ...headers, "content-length": String(body.length) });
    outgoing.write(body.subarray(0, Math.min(effect.bytes, body.length - 1)), () => outgoing.destroy());
    return;
  }
  send(outgoing, { ...response, headers, body });
}

async function handle(
  parts: HttpParts,
  service: SandboxService,
  request: SandboxRequest,
  call: CallDescription,
  effect: FaultEffect | null,
): Promise<SandboxResponse> {
  const replaced = effect?.type === "status" ? effect : null;
  if (replaced !== null && !replaced.afterHandling)
    return { status: replaced.status, headers: replaced.headers, body: replaced.body };
  const response = await service.handle(request);
  if (call.kind !== "read") await parts.flush();
  return replaced === null
    ? response
    : { status: replaced.status, headers: replaced.headers, body: replaced.body };
}

function send(outgoing: ServerResponse, response: SandboxResponse): void {
  if (outgoing.destroyed) return;
  const body = Buffer.from(response.body ?? "");
  outgoing.writeHead(response.status, {
    ...response.headers,
    ...(response.status === 204 ? {} : { "content-length": String(body.length) }),
  });
  outgoing.end(body);
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
