/**
 * The simulated API: a secret key, form bodies, Idempotency-Key on every POST, errors in Stripe's shape. An answer
 * under a key is kept for a day and given again to the same request, errors of the first run with it; the same key with
 * other parameters is refused. https://docs.stripe.com/api/idempotent_requests (checked 2026-11-21)
 */
import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { jsonAnswer } from "@/sandbox/kit/answers";
import type { SandboxRequest, SandboxResponse } from "@/sandbox/kit/types";
import { newestFirst, type StripeBooks } from "./books";
import { CATALOGUE_ROUTES } from "./catalogue";
import { invalid, missing, problemAnswer, StripeRefusal } from "./errors";
import { type FormValue, parseForm } from "./form";
import { clockAdvance, clockWish, endpointWish, nothing, page, text } from "./parameters";
import { PAYING_ROUTES } from "./paying";
import { API_VERSION, presentEndpoint, presentEvent, presentTestClock } from "./present";
import { listed, type Route, route } from "./route";
import { advanceClock, catchUp } from "./time";

const KEPT_MS = 24 * 3_600_000;
/** Errors that were found before anything was begun are not kept under a key. */
const NOT_KEPT: ReadonlySet<number> = new Set([400, 401, 404, 429]);

const ROUTES: readonly Route[] = [
  ...CATALOGUE_ROUTES,
  ...PAYING_ROUTES,
  route("POST /webhook_endpoints", endpointWish, (books, wish) => {
    const endpoint = { id: books.newId("we"), created: books.now(), ...wish, secret: books.newId("whsec") };
    books.endpoints.put(endpoint.id, endpoint);
    return presentEndpoint(endpoint, { isNew: true });
  }),
  route("GET /webhook_endpoints", z.strictObject(page), (books, wish) =>
    listed("/v1/webhook_endpoints", newestFirst(books.endpoints), wish, (one) =>
      presentEndpoint(one, { isNew: false }),
    ),
  ),
  route("DELETE /webhook_endpoints/{id}", nothing, (books, _wish, id) => {
    if (books.endpoints.get(id) === undefined) throw missing("webhook endpoint", id, "address");
    books.endpoints.delete(id);
    return { id, object: "webhook_endpoint", deleted: true };
  }),
  route("GET /events", z.strictObject({ ...page, type: text.optional() }), (books, wish) =>
    listed(
      "/v1/events",
      newestFirst(books.events).filter(({ type }) => wish.type === undefined || type === wish.type),
      wish,
      presentEvent,
    ),
  ),
  route("GET /events/{id}", nothing, (books, _wish, id) => {
    const event = books.events.get(id);
    if (event === undefined) throw missing("event", id, "address");
    return presentEvent(event);
  }),
  route("POST /test_helpers/test_clocks", clockWish, (books, wish) => {
    const id = books.newId("clock");
    const clock = { id, created: books.now(), frozen_time: wish.frozen_time, name: wish.name ?? null };
    books.clocks.put(id, clock);
    return presentTestClock(clock);
  }),
  route("GET /test_helpers/test_clocks/{id}", nothing, (books, _wish, id) => {
    const clock = books.clocks.get(id);
    if (clock === undefined) throw missing("test clock", id, "address");
    return presentTestClock(clock);
  }),
  route("POST /test_helpers/test_clocks/{id}/advance", clockAdvance, (books, wish, id) => {
    const clock = books.clocks.get(id);
    if (clock === undefined) throw missing("test clock", id, "address");
    if (wish.frozen_time <= clock.frozen_time)
      throw invalid("`frozen_time` must be after the current frozen time of the clock.", "frozen_time");
    return presentTestClock(advanceClock(books, id, wish.frozen_time));
  }),
];

/** The path with its id replaced, for the call log. */
export function operationOf(method: string, path: string): string {
  return ROUTES.find((one) => one.method === method && one.pattern.test(path))?.path ?? path;
}

export function answerApi(books: StripeBooks, key: string, request: SandboxRequest): SandboxResponse {
  const answer = (response: SandboxResponse): SandboxResponse => ({
    ...response,
    headers: {
      ...response.headers,
      "request-id": books.newId("req"),
      "stripe-version": request.headers["stripe-version"] ?? API_VERSION,
    },
  });
  if (!hasKey(request, key))
    return answer(
      problemAnswer({
        ...{ status: 401, type: "invalid_request_error" },
        message:
          request.headers.authorization === undefined
            ? "You did not provide an API key."
            : "Invalid API Key provided.",
      }),
    );
  catchUp(books);
  const idempotencyKey = request.method === "POST" ? request.headers["idempotency-key"] : undefined;
  return answer(idempotencyKey === undefined ? run(books, request) : runOnce(books, request, idempotencyKey));
}

function hasKey(request: SandboxRequest, key: string): boolean {
  const [, bearer = ""] = /^Bearer (.+)$/.exec(request.headers.authorization ?? "") ?? [];
  const [given, expected] = [Buffer.from(bearer), Buffer.from(key)];
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function runOnce(books: StripeBooks, request: SandboxRequest, key: string): SandboxResponse {
  const asked = createHash("sha256").update(`${request.path}\n`).update(request.body).digest("hex");
  const nowMs = books.context.clock.now().getTime();
  const kept = books.answers.get(key);
  if (kept !== undefined && nowMs - kept.atMs < KEPT_MS) {
    if (kept.asked !== asked)
      return problemAnswer({
        ...{ status: 400, type: "idempotency_error" },
        message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
      });
    return {
      status: kept.status,
      headers: { "content-type": "application/json; charset=utf-8", "idempotent-replayed": "true" },
      body: kept.body,
    };
  }
  const response = run(books, request);
  if (!NOT_KEPT.has(response.status))
    books.answers.put(key, {
      ...{ key, atMs: nowMs, asked, status: response.status },
      body: String(response.body ?? ""),
    });
  return { ...response, headers: { ...response.headers, "idempotency-key": key } };
}

function run(books: StripeBooks, request: SandboxRequest): SandboxResponse {
  const found = ROUTES.find((one) => one.method === request.method && one.pattern.test(request.path));
  try {
    if (found === undefined)
      throw new StripeRefusal({
        ...{ status: 404, type: "invalid_request_error" },
        message: `Unrecognized request URL (${request.method}: /v1${request.path}).`,
      });
    const given = readGiven(request);
    const { expand = [], ...wish } = given;
    const id = decodeURIComponent(found.pattern.exec(request.path)?.[1] ?? "");
    const shown = found.answer(books, wish, id);
    if (Array.isArray(expand) && expand.length > 0)
      throw invalid(`This property cannot be expanded (${String(expand[0])}).`, "expand");
    return jsonAnswer(200, shown);
  } catch (error) {
    if (error instanceof StripeRefusal) return problemAnswer(error.problem);
    throw error;
  }
}

function readGiven(request: SandboxRequest): Record<string, FormValue> {
  const pairs = new URLSearchParams(request.body.toString("utf8"));
  const given = parseForm([...request.query, ...pairs]);
  if (given === null) throw invalid("Invalid request body.");
  return given;
}
