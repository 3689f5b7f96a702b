/**
 * How a person makes workflow rules with webhooks, as in Zoho's Settings > Automation: control calls, and a
 * section of the page. Zoho has no public API for either.
 */
import { z } from "zod";
import { escapeHtml, jsonAnswer } from "@/sandbox/kit/answers";
import { type ControlRoutes, type FormRoutes, readOrder } from "@/sandbox/kit/delivery-control";
import { RULE_EVENTS, ruleOrder, WEBHOOK_MODULES } from "./rule";
import type { ZohoWebhooks } from "./webhooks";

const NO_RULE = { error: "there is no such rule" };

/** The calls below /control/zoho/webhooks. */
export function zohoWebhookRoutes(webhooks: ZohoWebhooks): ControlRoutes {
  const list = () => jsonAnswer(200, { rules: webhooks.rules().map(([id, rule]) => ({ id, ...rule })) });
  return {
    "GET /zoho/webhooks": list,
    "POST /zoho/webhooks": (request) => {
      const read = readOrder(request, ruleOrder);
      if ("refused" in read) return read.refused;
      const id = webhooks.addRule(read.order);
      return id === null
        ? jsonAnswer(400, { error: "there is no such organisation" })
        : jsonAnswer(201, { id, ...read.order });
    },
    "POST /zoho/webhooks/active": (request) => {
      const read = readOrder(request, z.object({ id: z.string(), active: z.boolean() }));
      if ("refused" in read) return read.refused;
      return webhooks.setActive(read.order.id, read.order.active) ? list() : jsonAnswer(404, NO_RULE);
    },
    "DELETE /zoho/webhooks": ({ query }) =>
      webhooks.removeRule(query.get("id") ?? "") ? list() : jsonAnswer(404, NO_RULE),
  };
}

/** The forms of the section below. */
export function zohoWebhookForms(webhooks: ZohoWebhooks): FormRoutes {
  return {
    "POST /webhooks/zoho"(form) {
      const text = (name: string): string | undefined => form.get(name)?.trim() || undefined;
      const read = ruleOrder.safeParse({
        ...{ name: text("name"), module: text("module"), event: text("event"), method: text("method") },
        ...{ url: text("url") ?? "", body: text("body"), raw: text("raw"), secret: text("secret") ?? null },
        fields: (text("fields") ?? "").split(",").flatMap((name) => name.trim() || []),
        parameters: pairs(text("parameters"), "="),
        headers: pairs(text("headers"), ":"),
      });
      if (!read.success) return z.prettifyError(read.error);
      return webhooks.addRule(read.data) === null ? "There is no such organisation." : null;
    },
    "POST /webhooks/zoho/delete": (form) =>
      webhooks.removeRule(form.get("id") ?? "") ? null : "There is no such rule.",
  };
}

/** One pair a line. */
function pairs(text: string | undefined, separator: string): { name: string; value: string }[] {
  return (text ?? "").split("\n").flatMap((line) => {
    const [name = "", ...rest] = line.split(separator);
    return name.trim() === "" ? [] : [{ name: name.trim(), value: rest.join(separator).trim() }];
  });
}

/** The rules as a person sees and makes them. */
export function zohoWebhookSection(webhooks: ZohoWebhooks): string {
  const rows = webhooks.rules().map(
    ([id, rule]) =>
      `<tr><th scope="row">${escapeHtml(rule.name)}</th><td>${rule.module} ${rule.event}</td><td>${rule.method} ${escapeHtml(rule.url)}</td>
<td>${rule.body}</td><td>${rule.secret === null ? "unsigned" : "signed"}</td>
<td><form method="post" action="/control/webhooks/zoho/delete"><input type="hidden" name="id" value="${escapeHtml(id)}"><button aria-label="Delete ${escapeHtml(rule.name)}">Delete</button></form></td></tr>`,
  );
  const options = (names: readonly string[]): string =>
    names.map((name) => `<option>${name}</option>`).join("");
  return `<section aria-labelledby="zoho"><h2 id="zoho">Zoho Books workflow webhooks</h2>
<table><caption>Rules</caption><thead><tr>${["Name", "When", "Calls", "Body", "Signature", "Act"].map((name) => `<th scope="col">${name}</th>`).join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>
<form method="post" action="/control/webhooks/zoho" class="grid">
<label>Name <input name="name" value="Webhook" required></label>
<label>Module <select name="module">${options(Object.keys(WEBHOOK_MODULES))}</select></label>
<label>When <select name="event">${options(RULE_EVENTS)}</select></label>
<label>Only when one of these fields changed <input name="fields" placeholder="any, or total, status"></label>
<label>Method <select name="method">${options(["POST", "PUT", "DELETE"])}</select></label>
<label>Address <input name="url" required></label>
<label>Body <select name="body">${options(["default", "form", "raw"])}</select></label>
<label>Raw JSON <textarea name="raw" rows="3"></textarea></label>
<label>Custom parameters, name=value in a line each <textarea name="parameters" rows="3"></textarea></label>
<label>Headers, name: value in a line each <textarea name="headers" rows="3"></textarea></label>
<label>Secret, 12 to 50 letters and digits <input name="secret" placeholder="none: unsigned"></label>
<button>Make the rule</button></form></section>`;
}
