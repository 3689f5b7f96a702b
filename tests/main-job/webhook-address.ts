import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";

/** The webhook route of the web app over real HTTP, without the rest of the web app. */
export interface WebhookAddress {
  readonly origin: string;
  stop(): Promise<void>;
}

const PATH = /^\/api\/webhooks\/([^/]+)\/([^/]+)$/;

export async function openWebhookAddress(): Promise<WebhookAddress> {
  const { POST } = await import("@/app/api/webhooks/[connector]/[endpointToken]/route");
  const server = createServer(async (incoming, outgoing) => {
    const url = new URL(incoming.url ?? "/", "http://localhost");
    const [, connector = "", endpointToken = ""] = PATH.exec(url.pathname) ?? [];
    const headers = new Headers();
    for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
    const sent = Uint8Array.from(await buffer(incoming));
    const request = new Request(url, { method: "POST", headers, body: sent });
    const answer = await POST(request, { params: Promise.resolve({ connector, endpointToken }) });
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  return {
    origin: `http://localhost:${port}`,
    stop: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

export const hexSignature = (secret: string, body: string | Uint8Array): string =>
  createHmac("sha256", secret).update(body).digest("hex");

export const base64Signature = (secret: string, body: string | Uint8Array): string =>
  createHmac("sha256", secret).update(body).digest("base64");

/** Status of a POST. */
export async function post(
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  const answer = await fetch(url, { method: "POST", body, headers });
  if (answer.headers.has("set-cookie")) throw new Error("a webhook's answer sets no cookie");
  await answer.arrayBuffer();
  return answer.status;
}
