/**
 * The sandbox's own steering, under /control: call counts, faults, time, limit speed, switches, seeds.
 * It is no part of any vendor; the product never calls it, only tests, benches, the demo and people do.
 */
import { z } from "zod";
import { errorText } from "@/lib/kernel/errors";
import { jsonAnswer, readJson } from "./answers";
import type { CallLog } from "./call-log";
import { emptyTotals } from "./call-log";
import { type Faults, faultOrder } from "./faults";
import { type createSwitches, UnknownSwitchError } from "./switches";
import type { SandboxClock, SandboxRequest, SandboxResponse } from "./types";

export const seedOrder = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("demo-company") }),
  z.object({ kind: z.literal("orders"), dir: z.string(), taxRounding: z.enum(["document", "line"]) }),
]);
export type SeedOrder = z.infer<typeof seedOrder>;

const clockOrder = z.union([
  z.object({ set: z.iso.datetime({ offset: true }) }),
  z.object({ set: z.null() }),
  z.object({ advanceMs: z.number().int() }),
]);

export interface ControlParts {
  readonly callLog: CallLog;
  readonly faults: Faults;
  readonly clock: SandboxClock;
  readonly switches: ReturnType<typeof createSwitches>;
  /** Prefixes of the running services: each is in the totals, even before its first call. */
  readonly services: readonly string[];
  limitSpeed(): number;
  setLimitSpeed(speed: number): void;
  /** Fills the sandbox; answers the loader's report. */
  seed(order: SeedOrder): Promise<object>;
  /** Makes every code and token of a service that is out there older, as time would. */
  ageTokens(service: string, minutes: number): void;
  /** Back to the state of a first start: records, calls, faults, limits, switches, clock. */
  reset(): Promise<void>;
}

type Route = (request: SandboxRequest) => SandboxResponse | Promise<SandboxResponse>;

/** Answers the /control calls. */
export function createControl(parts: ControlParts): (request: SandboxRequest) => Promise<SandboxResponse> {
  const routes: Record<string, Route> = {
    "GET /health": () => jsonAnswer(200, { ok: true, services: parts.services }),
    "GET /calls": (request) => callTotals(parts, request),
    "GET /calls/entries": (request) =>
      jsonAnswer(200, { seq: parts.callLog.seq, entries: parts.callLog.entries(since(request)) }),
    "POST /faults": (request) =>
      withBody(request, faultOrder, (fault) => {
        parts.faults.order(fault);
        return { waiting: parts.faults.waiting };
      }),
    "DELETE /faults": () => {
      parts.faults.clear();
      return jsonAnswer(200, { waiting: 0 });
    },
    "GET /clock": () => jsonAnswer(200, { now: parts.clock.now().toISOString() }),
    "POST /clock": (request) =>
      withBody(request, clockOrder, (order) => {
        if ("advanceMs" in order) parts.clock.advance(order.advanceMs);
        else parts.clock.set(order.set === null ? null : new Date(order.set));
        return { now: parts.clock.now().toISOString() };
      }),
    "POST /limit-speed": (request) =>
      withBody(request, z.object({ speed: z.number().min(1).max(1_000_000) }), ({ speed }) => {
        parts.setLimitSpeed(speed);
        return { speed };
      }),
    "GET /switches": () => jsonAnswer(200, { switches: parts.switches.list() }),
    "POST /switches": (request) =>
      withBody(request, z.object({ name: z.string(), position: z.string() }), ({ name, position }) => {
        parts.switches.set(name, position);
        return { name, position };
      }),
    "POST /tokens": (request) =>
      withBody(
        request,
        z.object({ service: z.enum(["xero", "zoho"]), ageMinutes: z.number().min(0) }),
        (order) => {
          parts.ageTokens(order.service, order.ageMinutes);
          return order;
        },
      ),
    "POST /seed": async (request) => {
      const order = seedOrder.safeParse(readJson(request));
      if (!order.success) return refuse(z.prettifyError(order.error));
      return jsonAnswer(200, await parts.seed(order.data));
    },
    "POST /reset": async () => {
      await parts.reset();
      return jsonAnswer(200, { reset: true });
    },
  };
  return async (request) => {
    const route = routes[`${request.method} ${request.path}`];
    if (route === undefined) {
      const known = Object.keys(routes).map((name) => name.replace(" /", " /control/"));
      return jsonAnswer(404, { error: "not a control call", known });
    }
    return route(request);
  };
}

function callTotals(parts: ControlParts, request: SandboxRequest): SandboxResponse {
  const totals = parts.callLog.totals(since(request));
  if (totals === null) return jsonAnswer(410, { error: "calls that old are no longer kept one by one" });
  const services: Record<string, object> = {};
  for (const prefix of parts.services) services[prefix] = totals[prefix] ?? emptyTotals();
  return jsonAnswer(200, { seq: parts.callLog.seq, services });
}

function since(request: SandboxRequest): number {
  const text = request.query.get("since") ?? "0";
  return /^\d+$/.test(text) ? Number(text) : 0;
}

function withBody<T>(
  request: SandboxRequest,
  schema: z.ZodType<T>,
  act: (order: T) => object,
): SandboxResponse {
  const order = schema.safeParse(readJson(request));
  if (!order.success) return refuse(z.prettifyError(order.error));
  try {
    return jsonAnswer(200, act(order.data));
  } catch (error) {
    if (error instanceof UnknownSwitchError) return refuse(errorText(error));
    throw error;
  }
}

function refuse(error: string): SandboxResponse {
  return jsonAnswer(400, { error });
}
