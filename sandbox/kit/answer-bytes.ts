/**
 * How an answer leaves the sandbox: whole, or as an ordered fault bends it. Nothing here knows what a call
 * means; the service has answered already, or was never asked.
 */
import type { ServerResponse } from "node:http";
import type { FaultEffect } from "./faults";
import type { SandboxClock, SandboxResponse } from "./types";

/** Sends an answer whole. */
export function sendAnswer(outgoing: ServerResponse, response: SandboxResponse): void {
  if (outgoing.destroyed) return;
  const body = Buffer.from(response.body ?? "");
  outgoing.writeHead(response.status, {
    ...response.headers,
    ...(response.status === 204 ? {} : { "content-length": String(body.length) }),
  });
  outgoing.end(body);
}

/** Ends the connection in the middle of nothing, as a broken network does. */
export function resetConnection(outgoing: ServerResponse): void {
  if (outgoing.socket === null) outgoing.destroy();
  else outgoing.socket.resetAndDestroy();
}

/** Resolves once the client has hung up. */
export function untilHungUp(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (outgoing.destroyed) resolve();
    else outgoing.once("close", () => resolve());
  });
}

/** Sends an answer bent by the effect, or whole when the effect is about something else. */
export async function sendBent(
  outgoing: ServerResponse,
  response: SandboxResponse,
  effect: FaultEffect | null,
  clock: SandboxClock,
): Promise<void> {
  const body = Buffer.from(response.body ?? "");
  switch (effect?.type) {
    case "truncate":
      announce(outgoing, response, body.length);
      outgoing.write(body.subarray(0, Math.min(effect.bytes, body.length - 1)), () => outgoing.destroy());
      return;
    case "truncated-json": {
      const bytes = Math.min(effect.bytes ?? Math.floor(body.length / 2), body.length - 1);
      sendAnswer(outgoing, { ...response, body: body.subarray(0, bytes) });
      return;
    }
    case "reset":
      announce(outgoing, response, body.length);
      outgoing.write(body.subarray(0, Math.min(effect.bytes, body.length - 1)), () =>
        resetConnection(outgoing),
      );
      return;
    case "drip":
      return drip(outgoing, { ...response, body }, effect, clock);
    default:
      sendAnswer(outgoing, response);
  }
}

function announce(outgoing: ServerResponse, response: SandboxResponse, bytes: number): void {
  outgoing.writeHead(response.status, { ...response.headers, "content-length": String(bytes) });
}

async function drip(
  outgoing: ServerResponse,
  response: SandboxResponse & { readonly body: Buffer },
  effect: Extract<FaultEffect, { type: "drip" }>,
  clock: SandboxClock,
): Promise<void> {
  const { body } = response;
  announce(outgoing, response, body.length);
  const hungUp = untilHungUp(outgoing);
  for (let at = 0; at < body.length && !outgoing.destroyed; at += effect.bytes) {
    outgoing.write(body.subarray(at, at + effect.bytes));
    if (at + effect.bytes < body.length) await clock.wait(effect.everyMs, hungUp);
  }
  outgoing.end();
}

/** What a gateway in trouble shows instead of JSON. */
export function gatewayPage(status: number): SandboxResponse {
  const title = status === 503 ? "503 Service Unavailable" : `${status} Bad Gateway`;
  return {
    status,
    headers: { "content-type": "text/html" },
    body: `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`,
  };
}
