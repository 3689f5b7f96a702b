/**
 * The page of the admin API: a person presses faults, moves time, turns switches and sees every call that came
 * in, counted by caller, path and outcome. Plain HTML with forms, so that it works without any script; what a
 * form asks for goes through the same orders as the API's own.
 */
import { z } from "zod";
import { escapeHtml, htmlAnswer, readForm, redirectAnswer } from "./answers";
import { GROUP_FIELDS, type GroupField, type GroupFilter, regroup } from "./call-groups";
import type { CallLog } from "./call-log";
import { FAULT_PRESETS } from "./fault-presets";
import { type FaultOrder, type Faults, faultOrder } from "./faults";
import { type createSwitches, UnknownSwitchError } from "./switches";
import type { SandboxClock, SandboxRequest, SandboxResponse } from "./types";

type ClockMove = { set: string | null } | { advanceMs: number } | { scale: number };

export interface PageParts {
  readonly callLog: CallLog;
  readonly faults: Faults;
  readonly clock: SandboxClock;
  readonly switches: ReturnType<typeof createSwitches>;
  readonly services: readonly string[];
  /** Orders a fault; answers why it can never strike, or null. */
  order(fault: FaultOrder): string | null;
  moveClock(move: ClockMove): void;
}

const SHOWN: readonly GroupField[] = ["service", "caller", "userAgent", "method", "operation", "outcome"];
const ROWS_MAX = 500;
const HEADINGS: Readonly<Record<GroupField, string>> = {
  service: "Service",
  caller: "Caller",
  userAgent: "User agent",
  method: "Method",
  operation: "Path",
  outcome: "Outcome",
};

/** Answers the page and its forms; null when the call is another one. */
export async function answerControlPage(
  parts: PageParts,
  request: SandboxRequest,
): Promise<SandboxResponse | null> {
  if (request.method === "GET" && request.path === "/")
    return htmlAnswer(200, page(parts, request.query, null));
  const form = FORMS[`${request.method} ${request.path}`];
  if (form === undefined) return null;
  const problem = form(parts, readForm(request));
  return problem === null
    ? redirectAnswer("/control")
    : htmlAnswer(400, page(parts, new URLSearchParams(), problem));
}

/** Each obeys a form, or says what is wrong with it. */
const FORMS: Readonly<Record<string, (parts: PageParts, form: URLSearchParams) => string | null>> = {
  "POST /page/faults": orderFromForm,
  "POST /page/faults/clear"(parts) {
    parts.faults.clear();
    return null;
  },
  "POST /page/clock": moveFromForm,
  "POST /page/switches"(parts, form) {
    try {
      parts.switches.set(form.get("name") ?? "", form.get("position") ?? "");
      return null;
    } catch (error) {
      if (error instanceof UnknownSwitchError) return error.message;
      throw error;
    }
  },
};

function orderFromForm(parts: PageParts, form: URLSearchParams): string | null {
  const preset = FAULT_PRESETS.find(({ name }) => name === form.get("fault"));
  if (preset === undefined) return "Choose a fault.";
  const given = (name: string): string | undefined => form.get(name)?.trim() || undefined;
  const number = (name: string): number | undefined => {
    const text = given(name);
    return text === undefined ? undefined : Number(text);
  };
  const order = faultOrder.safeParse({
    service: given("service"),
    operation: given("operation"),
    method: given("method"),
    tenant: given("tenant"),
    skip: number("skip") ?? 0,
    times: number("times"),
    chance: number("chance"),
    seed: number("seed") ?? 1,
    effect: preset.effect,
  });
  if (!order.success) return z.prettifyError(order.error);
  if (preset.service !== undefined && preset.service !== order.data.service)
    return `"${preset.label}" is a fault of ${preset.service} alone.`;
  return parts.order(order.data);
}

function moveFromForm(parts: PageParts, form: URLSearchParams): string | null {
  const value = (form.get("value") ?? "").trim();
  switch (form.get("move")) {
    case "set": {
      const instant = new Date(/[Zz]|[+-]\d{2}:\d{2}$/.test(value) ? value : `${value}Z`);
      if (Number.isNaN(instant.getTime())) return "Give a time such as 2026-12-24T09:00.";
      parts.moveClock({ set: instant.toISOString() });
      return null;
    }
    case "advance": {
      const minutes = Number(value);
      if (value === "" || !Number.isFinite(minutes)) return "Give a number of minutes.";
      parts.moveClock({ advanceMs: Math.round(minutes * 60_000) });
      return null;
    }
    case "scale": {
      const scale = Number(value);
      if (!(scale > 0 && scale <= 1_000_000)) return "Give a pace above 0, for example 60.";
      parts.moveClock({ scale });
      return null;
    }
    default:
      parts.moveClock({ set: null });
      return null;
  }
}

function page(parts: PageParts, query: URLSearchParams, problem: string | null): string {
  const alert = problem === null ? "" : `<p role="alert" class="problem">${escapeHtml(problem)}</p>`;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sandbox control</title><style>${STYLE}</style></head>
<body><main>
<h1>Sandbox control</h1>
<p><a href="/control/webhooks">Webhooks and deliveries</a></p>
${alert}
${clockSection(parts)}
${faultSection(parts)}
${callSection(parts, query)}
${switchSection(parts)}
</main></body></html>`;
}

function clockSection({ clock }: PageParts): string {
  const form = (move: string, label: string, input: string, button: string): string =>
    `<form method="post" action="/control/page/clock"><input type="hidden" name="move" value="${move}">` +
    `<label>${label} ${input}</label> <button>${button}</button></form>`;
  return `<section aria-labelledby="time"><h2 id="time">Time</h2>
<p>Sandbox time is <time>${clock.now().toISOString()}</time>, at ${clock.scale} times the machine's pace.</p>
<div class="row">
${form("set", "Set to (UTC)", '<input type="datetime-local" name="value" required>', "Set")}
${form("advance", "Advance by minutes", '<input name="value" inputmode="decimal" size="8" required>', "Advance")}
${form("scale", "Pace", `<input name="value" inputmode="decimal" size="8" value="${clock.scale}" required>`, "Change pace")}
<form method="post" action="/control/page/clock"><input type="hidden" name="move" value="free"><button>Follow the machine's clock</button></form>
</div></section>`;
}

function faultSection({ faults, services }: PageParts): string {
  const options = FAULT_PRESETS.map(
    ({ name, label }) => `<option value="${escapeHtml(name)}">${escapeHtml(label)}</option>`,
  ).join("");
  const waiting = faults
    .list()
    .map((fault) => `<li><code>${escapeHtml(JSON.stringify(fault))}</code></li>`)
    .join("");
  return `<section aria-labelledby="faults"><h2 id="faults">Faults</h2>
<form method="post" action="/control/page/faults" class="grid">
<label>Fault <select name="fault">${options}</select></label>
<label>Service <select name="service">${services.map((name) => `<option>${escapeHtml(name)}</option>`).join("")}</select></label>
<label>Path, as in the calls below <input name="operation" placeholder="any, or /Invoices, or /Invoices*"></label>
<label>Method <select name="method"><option value="">any</option>${["GET", "PUT", "POST", "DELETE"].map((name) => `<option>${name}</option>`).join("")}</select></label>
<label>Tenant or organisation id <input name="tenant" placeholder="any"></label>
<label>Let pass first <input name="skip" inputmode="numeric" size="6" placeholder="0"></label>
<label>How many calls <input name="times" inputmode="numeric" size="6" placeholder="1"></label>
<label>By chance, 0 to 1 <input name="chance" inputmode="decimal" size="6" placeholder="never"></label>
<label>Seed of the chance <input name="seed" inputmode="numeric" size="6" placeholder="1"></label>
<button>Order the fault</button>
</form>
<h3>Waiting</h3>
${waiting === "" ? "<p>No fault waits.</p>" : `<ol>${waiting}</ol>`}
<form method="post" action="/control/page/faults/clear"><button>Forget all that wait</button></form>
</section>`;
}

function callSection({ callLog }: PageParts, query: URLSearchParams): string {
  const filter: GroupFilter = {};
  for (const field of GROUP_FIELDS) {
    const text = query.get(field)?.trim() ?? "";
    if (text !== "") filter[field] = text;
  }
  const rows = regroup(callLog.groups(), SHOWN, filter);
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  const inputs = SHOWN.map(
    (field) =>
      `<label>${HEADINGS[field]} <input name="${field}" size="14" value="${escapeHtml(filter[field] ?? "")}"></label>`,
  ).join("");
  const body = rows
    .slice(0, ROWS_MAX)
    .map((row) => {
      const cells = SHOWN.map((field) => `<td>${escapeHtml(row[field] ?? "unknown")}</td>`).join("");
      return `<tr>${cells}<td class="number">${row.count}</td></tr>`;
    })
    .join("");
  return `<section aria-labelledby="calls"><h2 id="calls">Calls</h2>
<form method="get" action="/control" class="row">${inputs}<button>Filter</button> <a href="/control">Show all</a></form>
<table><caption>${total} calls by caller, path and outcome${rows.length > ROWS_MAX ? `; the ${ROWS_MAX} most frequent` : ""}</caption>
<thead><tr>${SHOWN.map((field) => `<th scope="col">${HEADINGS[field]}</th>`).join("")}<th scope="col">Calls</th></tr></thead>
<tbody>${body}</tbody></table></section>`;
}

function switchSection({ switches }: PageParts): string {
  const rows = switches.list().map(({ name, position, positions, about }) => {
    const options = positions
      .map((one) => `<option${one === position ? " selected" : ""}>${escapeHtml(one)}</option>`)
      .join("");
    return `<tr><th scope="row"><code>${escapeHtml(name)}</code></th><td>${escapeHtml(about)}</td>
<td><form method="post" action="/control/page/switches"><input type="hidden" name="name" value="${escapeHtml(name)}">
<select name="position" aria-label="Position of ${escapeHtml(name)}">${options}</select> <button>Turn</button></form></td></tr>`;
  });
  return `<section aria-labelledby="switches"><h2 id="switches">Switches</h2>
<table><caption>What the vendors' documentation leaves open</caption>
<thead><tr><th scope="col">Name</th><th scope="col">What is open</th><th scope="col">Position</th></tr></thead>
<tbody>${rows.join("")}</tbody></table></section>`;
}

/** For the other pages below /control, too. */
export const STYLE = `body{font:16px/1.5 system-ui,sans-serif;margin:0;color:#1a1a1a;background:#fff}
main{max-width:76rem;margin:0 auto;padding:1rem}
section{border-top:1px solid #767676;margin-top:1.5rem}
label{display:inline-block}input,select,button{font:inherit;padding:.25rem .5rem}
.row{display:flex;flex-wrap:wrap;gap:1rem;align-items:end}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(17rem,1fr));gap:.75rem;align-items:end}
.grid label input,.grid label select{display:block;width:100%;box-sizing:border-box}
table{border-collapse:collapse;width:100%;margin:.75rem 0}caption{text-align:left;padding:.25rem 0}
th,td{border:1px solid #999;padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
.number{text-align:right}.problem{border:2px solid #b00020;padding:.5rem}
code{font-size:.875em}`;
