/**
 * Where alerts of the product go in a sandbox: it stands for Slack's incoming webhooks and for a webhook of a customer's
 * own, keeps what came in memory and shows it. Slack's form is checked as Slack does it
 * (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks, checked 2026-11-21); a signature is for the reader
 * of the list to check, since only they have the secret.
 */
import { z } from "zod";
import { escapeHtml, htmlAnswer, jsonAnswer } from "@/sandbox/kit/answers";
import type { SandboxClock, SandboxRequest, SandboxResponse, SandboxService } from "@/sandbox/kit/types";

export interface ReceivedAlert {
  /** The part of the address behind /alerts/. */
  readonly box: string;
  /** Sandbox time. */
  readonly receivedAt: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The oldest are forgotten beyond it. */
const ALERTS_MAX = 500;
const SLACK = /^\/slack(?:\/|$)/;
const slackSchema = z.object({ text: z.string().min(1) });

/** Answers /alerts: POST /{box} keeps what came, GET / and GET /received?box= show it, DELETE /received forgets it. */
export function createAlertService(clock: SandboxClock): SandboxService {
  const received: ReceivedAlert[] = [];
  return {
    prefix: "alerts",
    describe: ({ method, path }) => ({
      tenant: null,
      operation: path || "/",
      kind: method === "POST" || method === "DELETE" ? "write" : "page",
    }),
    handle: async (request) => answer(received, clock, request),
  };
}

function answer(received: ReceivedAlert[], clock: SandboxClock, request: SandboxRequest): SandboxResponse {
  const { method, path, query, headers } = request;
  if (method === "POST" && /^\/[\w/-]+$/.test(path) && path !== "/received") {
    const body = request.body.toString("utf8");
    if (SLACK.test(path) && !isSlackMessage(body)) return plain(400, "invalid_payload");
    received.push({ box: path.slice(1), receivedAt: clock.now().toISOString(), headers, body });
    received.splice(0, received.length - ALERTS_MAX);
    return plain(200, "ok");
  }
  if (path === "/received" && method === "DELETE") {
    received.length = 0;
    return { status: 204 };
  }
  const box = query.get("box");
  const shown = received.filter((one) => box === null || one.box === box);
  if (path === "/received" && method === "GET") return jsonAnswer(200, { received: shown });
  if ((path === "/" || path === "") && method === "GET") return htmlAnswer(200, listPage(shown));
  return jsonAnswer(404, {
    error: "no such address",
    known: ["/alerts", "/alerts/{box}", "/alerts/received?box="],
  });
}

const plain = (status: number, body: string): SandboxResponse => ({
  status,
  headers: { "content-type": "text/plain; charset=utf-8" },
  body,
});

function isSlackMessage(body: string): boolean {
  try {
    return slackSchema.safeParse(JSON.parse(body)).success;
  } catch {
    return false;
  }
}

function listPage(received: readonly ReceivedAlert[]): string {
  const items = [...received]
    .reverse()
    .map(
      ({ box, receivedAt, body }) =>
        `<li><p><strong>${escapeHtml(box)}</strong>, <time datetime="${receivedAt}">${receivedAt}</time></p><pre>${escapeHtml(body)}</pre></li>`,
    );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Alerts - Sandbox</title><style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem}pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid #999;padding:.5rem}</style></head>
<body><main><h1>Alerts</h1><p>What is posted to this address and any word behind it ends here, newest first.</p>
${items.length === 0 ? "<p>No alert.</p>" : `<ol>${items.join("\n")}</ol>`}</main></body></html>`;
}
