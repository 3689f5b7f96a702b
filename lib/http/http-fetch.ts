import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";

/*
 * What the SDK calls its server with: as much of `fetch` as it uses (a text body, a text answer) over node:http. The SDK
 * reports each step before the function goes on, so one such call is in the way of every step, and this one costs a
 * third of the built-in. It repeats nothing by itself: the SDK does, and its reports and events may come twice.
 */

/** Below the five seconds after which Node's servers drop an idle connection under us. */
const IDLE_SOCKET_MS = 3_000;
const SILENT_MS = 60_000;

const agentOptions = { keepAlive: true, timeout: IDLE_SOCKET_MS };
const httpAgent = new HttpAgent(agentOptions);
const httpsAgent = new HttpsAgent(agentOptions);

/** Rejects, as `fetch` does, where no answer came; also after a minute of silence. */
export async function httpFetch(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  if (input instanceof Request) throw new TypeError("httpFetch takes an address and its options apart");
  const body = init.body ?? "";
  if (typeof body !== "string") throw new TypeError("httpFetch sends text alone");
  const url = new URL(input);
  const answer = await send(url, body, init);
  const text = await readText(answer);
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  const status = answer.statusCode ?? 0;
  // These must not have a body, not even an empty one.
  const isBare = status === 204 || status === 205 || status === 304;
  return new Response(isBare ? null : text, { status, statusText: answer.statusMessage, headers });
}

function send(url: URL, body: string, init: RequestInit): Promise<IncomingMessage> {
  const secure = url.protocol === "https:";
  return new Promise((resolve, reject) => {
    const request = (secure ? httpsRequest : httpRequest)(url, {
      agent: secure ? httpsAgent : httpAgent,
      method: init.method ?? "GET",
      headers: {
        ...Object.fromEntries(new Headers(init.headers)),
        "content-length": Buffer.byteLength(body),
      },
      signal: init.signal ?? undefined,
    });
    request.setTimeout(SILENT_MS, () => request.destroy(new Error(`no answer within ${SILENT_MS} ms`)));
    request.once("response", resolve);
    // In the words of fetch, by which the SDK knows a server that is not there from a fault of ours.
    request.once("error", (cause) => reject(new TypeError("fetch failed", { cause })));
    request.end(body);
  });
}

async function readText(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}
