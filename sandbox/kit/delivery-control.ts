/**
 * The admin API's part for what goes out: attempts counted by target and outcome, what still waits, and faults.
 * Bodies are JSON; the section of the page stands in a form that works without scripts.
 */
import { z } from "zod";
import { escapeHtml, jsonAnswer, readJson } from "./answers";
import type { Deliveries } from "./deliveries";
import { DELIVERY_TARGETS, type DeliveryFaultOrder, deliveryFaultOrder } from "./delivery-faults";
import type { SandboxRequest, SandboxResponse } from "./types";

export type ControlRoutes = Readonly<
  Record<string, (request: SandboxRequest) => SandboxResponse | Promise<SandboxResponse>>
>;
/** Each obeys a form, or says what is wrong with it. */
export type FormRoutes = Readonly<
  Record<string, (form: URLSearchParams) => string | null | Promise<string | null>>
>;

const LISTED_MAX = 200;

/** The body as asked for, or the refusal that says what is wrong. */
export function readOrder<T>(
  request: SandboxRequest,
  schema: z.ZodType<T>,
): { readonly order: T } | { readonly refused: SandboxResponse } {
  const read = schema.safeParse(readJson(request) ?? {});
  return read.success
    ? { order: read.data }
    : { refused: jsonAnswer(400, { error: z.prettifyError(read.error) }) };
}

/** The calls below /control/deliveries. */
export function deliveryRoutes(deliveries: Deliveries): ControlRoutes {
  const state = (): object => {
    const waiting = deliveries.list();
    return {
      seq: deliveries.log.seq,
      totals: deliveries.log.totals(),
      waitingCount: waiting.length,
      waiting: waiting.slice(0, LISTED_MAX).map(shownWaiting),
    };
  };
  return {
    "GET /deliveries": () => jsonAnswer(200, state()),
    "GET /deliveries/entries": ({ query }) => {
      const since = /^\d+$/.test(query.get("since") ?? "") ? Number(query.get("since")) : 0;
      return jsonAnswer(200, { seq: deliveries.log.seq, entries: deliveries.log.entries(since) });
    },
    /** Answers once nothing more goes out unless sandbox time passes. */
    "POST /deliveries/settle": async () => {
      await deliveries.settled();
      return jsonAnswer(200, state());
    },
    "GET /deliveries/faults": () => jsonAnswer(200, { faults: deliveries.faults.list() }),
    "POST /deliveries/faults": (request) => {
      const read = readOrder(request, deliveryFaultOrder);
      if ("refused" in read) return read.refused;
      const problem = orderFault(deliveries, read.order);
      return problem === null
        ? jsonAnswer(200, { faults: deliveries.faults.list() })
        : jsonAnswer(400, { error: problem });
    },
    "DELETE /deliveries/faults": () => {
      deliveries.clearFaults();
      return jsonAnswer(200, { faults: [] });
    },
  };
}

/** Why a fault can never strike; null once it is ordered. */
function orderFault(deliveries: Deliveries, fault: DeliveryFaultOrder): string | null {
  if (fault.effect.type === "wrong-signature" && fault.target === "zoho.crm")
    return "notifications of the CRM bear no signature";
  deliveries.faults.order(fault);
  return null;
}

const shownWaiting = ({
  id,
  target,
  url,
  attempts,
  nextMs,
  held,
}: ReturnType<Deliveries["list"]>[number]) => ({
  ...{ id, target, url, attempts, held },
  next: new Date(nextMs).toISOString(),
});

const EFFECTS = {
  duplicate: { label: "send twice", effect: { type: "duplicate" } },
  reorder: { label: "send after the next one", effect: { type: "reorder" } },
  drop: { label: "lose on the way", effect: { type: "drop" } },
  delay: { label: "delay by 10 minutes", effect: { type: "delay", milliseconds: 600_000 } },
  "wrong-signature": { label: "sign with a wrong key", effect: { type: "wrong-signature" } },
} as const;

/** The forms of the section below. */
export function deliveryForms(deliveries: Deliveries): FormRoutes {
  return {
    "POST /webhooks/faults": (form) => {
      const [, chosen] = Object.entries(EFFECTS).find(([name]) => name === form.get("fault")) ?? [];
      const read = deliveryFaultOrder.safeParse({
        target: form.get("target"),
        times: Number(form.get("times") || 1),
        effect: chosen?.effect,
      });
      return read.success ? orderFault(deliveries, read.data) : z.prettifyError(read.error);
    },
    "POST /webhooks/faults/clear": () => {
      deliveries.clearFaults();
      return null;
    },
  };
}

/** What went out and what waits, with the form for faults. */
export function deliverySection(deliveries: Deliveries): string {
  const totals = Object.entries(deliveries.log.totals()).flatMap(([target, byOutcome]) =>
    Object.entries(byOutcome).map(
      ([outcome, count]) =>
        `<tr><th scope="row">${escapeHtml(target)}</th><td>${escapeHtml(outcome)}</td><td class="number">${count}</td></tr>`,
    ),
  );
  const entries = deliveries.log.entries().slice(-LISTED_MAX).reverse();
  const rows = entries.map(
    (entry) =>
      `<tr><td><time>${entry.at}</time></td><td>${escapeHtml(entry.target)}</td><td>${escapeHtml(entry.url)}</td>` +
      `<td>${entry.attempt}</td><td>${escapeHtml(entry.outcome)}</td><td>${entry.status ?? ""}</td>` +
      `<td>${escapeHtml([entry.reason, entry.fault].filter((text) => text !== null).join("; "))}</td></tr>`,
  );
  const waiting = deliveries.list().length;
  const options = Object.entries(EFFECTS).map(
    ([name, { label }]) => `<option value="${name}">${escapeHtml(label)}</option>`,
  );
  return `<section aria-labelledby="deliveries"><h2 id="deliveries">Deliveries</h2>
<p>${waiting} ${waiting === 1 ? "delivery waits" : "deliveries wait"}.</p>
<table><caption>Attempts by target and outcome</caption><thead><tr><th scope="col">Target</th><th scope="col">Outcome</th><th scope="col">Attempts</th></tr></thead><tbody>${totals.join("")}</tbody></table>
<table><caption>The newest ${LISTED_MAX} attempts at most</caption><thead><tr>${["Time", "Target", "Address", "Attempt", "Outcome", "Status", "Why"].map((name) => `<th scope="col">${name}</th>`).join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>
<h3>Faults of deliveries</h3>
<form method="post" action="/control/webhooks/faults" class="row">
<label>Target <select name="target">${DELIVERY_TARGETS.map((name) => `<option>${name}</option>`).join("")}</select></label>
<label>Fault <select name="fault">${options.join("")}</select></label>
<label>How many <input name="times" inputmode="numeric" size="4" value="1"></label> <button>Order the fault</button></form>
<p>${deliveries.faults.list().length} wait.</p>
<form method="post" action="/control/webhooks/faults/clear"><button>Forget them, and let go what they hold back</button></form>
</section>`;
}
