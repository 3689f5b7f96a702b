/**
 * The sandbox's own steering, under /control: call counts, faults, time, limit speed, switches, seeds.
 * It is no part of any vendor; the product never calls it, only tests, benches, the demo and people do.
 */
import { z } from "zod";
import { errorText } from "@/lib/kernel/errors";
import { jsonAnswer, readJson } from "./answers";
import { GROUP_FIELDS, type GroupFilter, regroup } from "./call-groups";
import type { CallLog } from "./call-log";
import { emptyTotals } from "./call-log";
import { answerControlPage, type PageParts } from "./control-page";
import { type FaultOrder, type Faults, faultOrder } from "./faults";
import { personEdit } from "./person-edit";
import { type createSwitches, UnknownSwitchError } from "./switches";
import type { SandboxClock, SandboxRequest, SandboxResponse } from "./types";

export const seedOrder = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("demo-company") }),
  /** The organisations with their charts, taxes and currencies, and no record. */
  z.object({ kind: z.literal("empty") }),
  /** A law firm in TimeSolv, and what its accountant keeps in Xero; Zoho Books is empty. */
  z.object({ kind: z.literal("law-firm") }),
  /** The empty company with derived contacts and invoices in both systems; the real size unless told. */
  z.object({
    kind: z.literal("big"),
    contacts: z.number().int().min(1).max(100_000).optional(),
    invoices: z.number().int().min(1).max(1_000_000).optional(),
  }),
  z.object({ kind: z.literal("orders"), dir: z.string(), taxRounding: z.enum(["document", "line"]) }),
]);
export type SeedOrder = z.infer<typeof seedOrder>;

export const clockOrder = z.union([
  z.object({ set: z.iso.datetime({ offset: true }) }),
  z.object({ set: z.null() }),
  z.object({ advanceMs: z.number().int() }),
  /** How many times faster than the machine's clock; 60 = a minute a second. */
  z.object({ scale: z.number().positive().max(1_000_000) }),
]);

export interface ControlParts {
  readonly callLog: CallLog;
  readonly faults: Faults;
  readonly clock: SandboxClock;
  readonly switches: ReturnType<typeof createSwitches>;
  /** Prefixes of the running services: each is in the totals, even before its first call. */
  readonly services: readonly string[];
  /** Names of the limits of a service, for the fault rate-limit; null when there is no such service. */
  limitsOf(service: string): readonly string[] | null;
  /** Keeps sandbox time, so that a restart goes on from it. */
  keepClock(): void;
  limitSpeed(): number;
  setLimitSpeed(speed: number): void;
  /** Fills the sandbox; answers the loader's report. */
  seed(order: SeedOrder): Promise<object>;
  /** Makes every code and token of a service that is out there older, as time would. */
  ageTokens(service: string, minutes: number): void;
  /** Ends an organisation's connections as a person does it inside the vendor's own pages; answers how many. */
  disconnect(service: string, tenantId: string): number;
  /** What a person types into a system without pages of its own; answers the record's id, or what is not there. */
  typeIn(order: unknown): object;
  /** Back to the state of a first start: records, calls, faults, limits, switches, clock. */
  reset(): Promise<void>;
  /** Answers the calls about what the sandbox sends; null when the call is another one. */
  outgoingControl(request: SandboxRequest): Promise<SandboxResponse | null>;
}

type Route = (request: SandboxRequest) => SandboxResponse | Promise<SandboxResponse>;

/** Answers the /control calls. */
export function createControl(parts: ControlParts): (request: SandboxRequest) => Promise<SandboxResponse> {
  const routes: Record<string, Route> = {
    "GET /health": () => jsonAnswer(200, { ok: true, services: parts.services }),
    "GET /calls": (request) => callTotals(parts, request),
    "GET /calls/entries": (request) =>
      jsonAnswer(200, { seq: parts.callLog.seq, entries: parts.callLog.entries(since(request)) }),
    "GET /calls/groups": (request) => callGroups(parts, request),
    "GET /faults": () => jsonAnswer(200, { faults: parts.faults.list() }),
    "POST /faults": (request) =>
      withBody(request, faultOrder, (fault) => {
        const problem = orderFault(parts, fault);
        return problem === null ? { waiting: parts.faults.waiting } : { error: problem };
      }),
    "DELETE /faults": () => {
      parts.faults.clear();
      return jsonAnswer(200, { waiting: 0 });
    },
    "GET /clock": () => jsonAnswer(200, clockNow(parts)),
    "POST /clock": (request) =>
      withBody(request, clockOrder, (order) => {
        moveClock(parts, order);
        return clockNow(parts);
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
        z.object({ service: z.enum(["xero", "zoho", "timesolv"]), ageMinutes: z.number().min(0) }),
        (order) => {
          parts.ageTokens(order.service, order.ageMinutes);
          return order;
        },
      ),
    "POST /disconnect": (request) =>
      withBody(
        request,
        z.object({ service: z.enum(["xero", "timesolv"]), tenantId: z.string() }),
        (order) => ({
          ...order,
          ended: parts.disconnect(order.service, order.tenantId),
        }),
      ),
    "POST /type-in": (request) => withBody(request, z.unknown(), (order) => parts.typeIn(order)),
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
  const pageParts: PageParts = {
    ...parts,
    order: (fault) => orderFault(parts, fault),
    moveClock: (order) => moveClock(parts, order),
  };
  return async (request) => {
    const page = (await answerControlPage(pageParts, request)) ?? (await parts.outgoingControl(request));
    if (page !== null) return page;
    const route = routes[`${request.method} ${request.path}`];
    if (route === undefined) {
      const known = Object.keys(routes).map((name) => name.replace(" /", " /control/"));
      return jsonAnswer(404, { error: "not a control call", known });
    }
    return route(request);
  };
}

function clockNow({ clock }: ControlParts): object {
  return { now: clock.now().toISOString(), scale: clock.scale };
}

function moveClock(parts: ControlParts, order: z.infer<typeof clockOrder>): void {
  if ("advanceMs" in order) parts.clock.advance(order.advanceMs);
  else if ("scale" in order) parts.clock.setScale(order.scale);
  else parts.clock.set(order.set === null ? null : new Date(order.set));
  parts.keepClock();
}

/** Why an order can never strike, so that no test believes it has ordered something; null once it is ordered. */
function orderFault(parts: ControlParts, fault: FaultOrder): string | null {
  const limits = parts.limitsOf(fault.service);
  if (limits === null) return `no service is called "${fault.service}"`;
  if (fault.effect.type === "rate-limit" && !limits.includes(fault.effect.problem))
    return `rate-limit of ${fault.service} takes ${limits.join(", ")}`;
  if (fault.effect.type === "edit" && !personEdit.safeParse(fault.effect.edit).success)
    return "the edit is none that the sandbox knows";
  parts.faults.order(fault);
  return null;
}

/** ?by=caller,operation,outcome with a filter by any field: text within it. */
function callGroups(parts: ControlParts, request: SandboxRequest): SandboxResponse {
  const asked = (request.query.get("by") ?? "caller,userAgent,method,operation,outcome").split(",");
  const by = GROUP_FIELDS.filter((field) => asked.includes(field));
  if (by.length !== asked.length) return refuse(`by takes ${GROUP_FIELDS.join(", ")}`);
  const filter: GroupFilter = {};
  for (const field of GROUP_FIELDS) {
    const text = request.query.get(field) ?? "";
    if (text !== "") filter[field] = text;
  }
  const groups = regroup(parts.callLog.groups(since(request)), by, filter);
  return jsonAnswer(200, { seq: parts.callLog.seq, groups });
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
    const done = act(order.data);
    return jsonAnswer("error" in done ? 400 : 200, done);
  } catch (error) {
    if (error instanceof UnknownSwitchError) return refuse(errorText(error));
    throw error;
  }
}

function refuse(error: string): SandboxResponse {
  return jsonAnswer(400, { error });
}
