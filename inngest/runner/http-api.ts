import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { z } from "zod";
import { errorText } from "@/lib/kernel/errors";
import { acceptEvents } from "./accept-events";
import { parseJson } from "./canonical-json";
import { storeCheckpoint } from "./checkpoint";
import type { RunnerContext } from "./context";
import { register } from "./definitions";
import { RegistrationRefused } from "./function-definition";
import { findRun, listRunsOfEvent } from "./read-runs";
import { isSameText, type SigningKey } from "./signature";

/*
 * What the SDK calls on an Inngest server: events, registration, checkpoints; and two read addresses of Inngest's REST
 * API. It listens on this machine alone. Events need the event key, all else the bearer token of the signing key. An
 * address that it does not know is answered with 404 and its name.
 */

const BODY_BYTES_MAX = 16 * 1024 * 1024;
const HOST = "127.0.0.1";

export interface HttpApiOptions {
  readonly port: number;
  readonly key: SigningKey;
  readonly eventKey: string;
  readonly onRegistered: (result: readonly string[] | RegistrationRefused) => void;
}

export interface HttpApi {
  readonly origin: string;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly json: unknown;
}

interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly access: "open" | "eventKey" | "signingKey";
  answer(request: RouteRequest): Promise<Answer>;
}

interface RouteRequest {
  readonly argument: string;
  readonly body: unknown;
  header(name: string): string | undefined;
}

export async function serveHttpApi(runner: RunnerContext, options: HttpApiOptions): Promise<HttpApi> {
  const routes = routesOf(runner, options);
  const server = createServer((request, response) => {
    void respond(routes, options, request, response, runner);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, HOST, resolve);
  });
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : options.port;
  return {
    origin: `http://${HOST}:${port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

function routesOf(runner: RunnerContext, options: HttpApiOptions): Route[] {
  return [
    {
      method: "POST",
      path: /^\/e\/([^/]+)$/,
      access: "eventKey",
      async answer({ body, header }) {
        const ids = await acceptEvents(runner, body, header("x-inngest-event-id-seed"));
        return { status: 200, json: { ids, status: 200 } };
      },
    },
    {
      method: "POST",
      path: /^\/fn\/register$/,
      access: "signingKey",
      answer: ({ body }) => answerRegistration(runner, options, body),
    },
    {
      method: "POST",
      path: /^\/v1\/checkpoint\/([^/]+)\/async$/,
      access: "signingKey",
      async answer({ argument, body }) {
        const result = await storeCheckpoint(runner, argument, body);
        if (result.kind === "stored") return { status: 200, json: {} };
        if (result.kind === "stale") return failure(409, "the run is no longer driven under this lease");
        return failure(422, result.message);
      },
    },
    {
      method: "GET",
      path: /^\/v1\/events\/([^/]+)\/runs$/,
      access: "signingKey",
      answer: async ({ argument }) => ({
        status: 200,
        json: { data: await listRunsOfEvent(runner.database, argument) },
      }),
    },
    {
      method: "GET",
      path: /^\/v1\/runs\/([^/]+)$/,
      access: "signingKey",
      async answer({ argument }) {
        const run = await findRun(runner.database, argument);
        return run ? { status: 200, json: { data: run } } : failure(404, "no such run");
      },
    },
    {
      method: "GET",
      path: /^\/health$/,
      access: "open",
      answer: async () => ({ status: 200, json: { ok: true } }),
    },
  ];
}

async function answerRegistration(
  runner: RunnerContext,
  options: HttpApiOptions,
  body: unknown,
): Promise<Answer> {
  try {
    options.onRegistered(await register(runner.database, runner.clock, body));
    return { status: 200, json: { ok: true, status: 200, modified: true, error: "" } };
  } catch (thrown) {
    if (!(thrown instanceof RegistrationRefused)) throw thrown;
    runner.logger.error(thrown.message);
    options.onRegistered(thrown);
    return { status: 400, json: { ok: false, status: 400, error: thrown.message } };
  }
}

async function respond(
  routes: readonly Route[],
  options: HttpApiOptions,
  request: IncomingMessage,
  response: ServerResponse,
  runner: RunnerContext,
): Promise<void> {
  let answer: Answer;
  try {
    answer = await routed(routes, options, request);
  } catch (thrown) {
    if (thrown instanceof BadRequest) answer = failure(thrown.status, thrown.message);
    else if (thrown instanceof z.ZodError) answer = failure(400, z.prettifyError(thrown));
    else {
      runner.logger.error("the runner could not answer a request", { error: errorText(thrown) });
      answer = failure(500, "the runner could not do this; see its log");
    }
  }
  const text = JSON.stringify(answer.json);
  // With its length known the answer leaves in one piece.
  const length = Buffer.byteLength(text);
  response.writeHead(answer.status, { "content-type": "application/json", "content-length": length });
  response.end(text);
}

async function routed(
  routes: readonly Route[],
  options: HttpApiOptions,
  request: IncomingMessage,
): Promise<Answer> {
  const path = new URL(request.url ?? "/", "http://localhost").pathname;
  const route = routes.find((known) => known.method === routeMethod(request, path) && known.path.test(path));
  if (!route) throw new BadRequest(404, `the embedded runner does not answer ${request.method} ${path}`);
  const argument = decodeURIComponent(route.path.exec(path)?.[1] ?? "");
  const header = (name: string) => {
    const value = request.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  if (!mayEnter(route, argument, header("authorization"), options)) throw new BadRequest(401, "Unauthorized");
  const body = route.method === "POST" ? await readBody(request) : undefined;
  return route.answer({ argument, body, header });
}

/** Older SDKs register with PUT. */
function routeMethod(request: IncomingMessage, path: string): string | undefined {
  return path === "/fn/register" && request.method === "PUT" ? "POST" : request.method;
}

function mayEnter(
  route: Route,
  argument: string,
  authorization: string | undefined,
  { key, eventKey }: HttpApiOptions,
): boolean {
  if (route.access === "open") return true;
  if (route.access === "eventKey") return isSameText(argument, eventKey);
  return isSameText(authorization ?? "", `Bearer ${key.bearer}`);
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > BODY_BYTES_MAX) throw new BadRequest(413, `a request may have ${BODY_BYTES_MAX} bytes`);
    chunks.push(part);
  }
  try {
    return parseJson(Buffer.concat(chunks).toString("utf8"));
  } catch {
    throw new BadRequest(400, "the body is no JSON");
  }
}

class BadRequest extends Error {
  override readonly name = "BadRequest";
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

function failure(status: number, error: string): Answer {
  return { status, json: { error, status } };
}
