/**
 * Workflow webhooks of Zoho Books and the notifications of the CRM, handed to the sandbox's deliveries. A rule
 * is looked at once for each record and call, after the call has done its work: what was created and edited in
 * one call is created. Zoho documents no retries; each is sent once unless the switch says otherwise.
 */
import { invariant } from "@/lib/kernel/invariant";
import type { Deliveries, RetryPlan } from "@/sandbox/kit/deliveries";
import type { SandboxContext } from "@/sandbox/kit/types";
import { type Books, openBooks, openBooksOf, watchTable } from "../books/open-books";
import { findRoute } from "../books/routes";
import { pendingCrmNotifications, settleCrmNotification } from "../crm/notify";
import { openCrm } from "../crm/open-crm";
import { type Payload, webhookCall, ZOHO_SIGNATURE_HEADER } from "./request";
import {
  isModule,
  type RecordEvent,
  type RuleOrder,
  type StoredRule,
  WEBHOOK_MODULES,
  type WebhookModule,
  wants,
} from "./rule";

const MINUTE_MS = 60_000;
const RETRY: RetryPlan = { atOnce: 0, everyMs: 5 * MINUTE_MS, forMs: 15 * MINUTE_MS };

export interface ZohoWebhooks {
  rules(): readonly (readonly [string, StoredRule])[];
  /** Keeps a rule; null when there is no such organisation. */
  addRule(order: RuleOrder): string | null;
  /** False when there is none of that id. */
  setActive(id: string, active: boolean): boolean;
  removeRule(id: string): boolean;
}

/** A record that a call is changing, as it was before. */
interface Touched {
  readonly books: Books;
  readonly module: WebhookModule;
  readonly recordId: string;
  readonly existed: boolean;
  readonly before: Payload | null;
}

/** Opens the rules and watches what they are about; delivers CRM notifications from now on. */
export function openZohoWebhooks(context: SandboxContext, deliveries: Deliveries): ZohoWebhooks {
  const kept = context.store.collection<StoredRule, StoredRule>("zoho.webhook-rules", (rule) => rule);
  const watched = new WeakSet<Books>();
  let touched = new Map<string, Touched>();

  const rulesOf = (books: Books, module: WebhookModule): StoredRule[] =>
    [...kept.heads()].flatMap(([, rule]) =>
      rule.active && rule.module === module && openBooksOf(context, rule.organizationId) === books
        ? [rule]
        : [],
    );
  const retry = (): RetryPlan | null =>
    context.switches.get("zoho.webhook-retries") === "three" ? RETRY : null;

  function touch(books: Books, module: WebhookModule, recordId: string): void {
    const key = `${module} ${recordId}`;
    const [rule] = rulesOf(books, module);
    if (rule === undefined || touched.has(key)) return;
    if (touched.size === 0) queueMicrotask(announce);
    const existed = books[WEBHOOK_MODULES[module].table].head(recordId) !== undefined;
    const before = existed ? payloadOf(context, rule.organizationId, module, recordId) : null;
    touched.set(key, { books, module, recordId, existed, before });
  }
  /** After the call's own work, which is done in one go. */
  function announce(): void {
    const changed = touched;
    touched = new Map();
    for (const record of changed.values()) {
      const exists = record.books[WEBHOOK_MODULES[record.module].table].head(record.recordId) !== undefined;
      if (!exists && !record.existed) continue;
      const event: RecordEvent = exists ? (record.existed ? "edited" : "created") : "deleted";
      for (const [id, rule] of kept.heads())
        if (rule.module === record.module && openBooksOf(context, rule.organizationId) === record.books)
          apply(id, rule, event, record);
    }
  }
  function apply(
    id: string,
    rule: StoredRule,
    event: RecordEvent,
    { module, recordId, before }: Touched,
  ): void {
    if (!wants(rule, event)) return;
    const payload = event === "deleted" ? before : payloadOf(context, rule.organizationId, module, recordId);
    if (payload === null) return;
    if (event === "edited" && !concerns(rule, before, payload)) return;
    deliveries.enqueue({
      ...{ target: "zoho.webhooks", lane: `zoho.webhooks ${id}`, reference: recordId, method: rule.method },
      ...webhookCall(rule, payload, context.switches),
      signatureHeader: rule.secret === null ? null : ZOHO_SIGNATURE_HEADER,
      refusesCookies: false,
      retry: retry(),
    });
  }
  function watch(books: Books): void {
    if (watched.has(books)) return;
    watched.add(books);
    for (const module of moduleNames()) {
      const see = (id: string): void => touch(books, module, id);
      watchTable(books[WEBHOOK_MODULES[module].table], { before: see, after: () => undefined });
    }
  }
  function sendNotifications(): void {
    for (const [id, { notifyUrl, payload }] of pendingCrmNotifications(context)) {
      deliveries.enqueue({
        ...{ target: "zoho.crm", lane: `zoho.crm ${payload.channel_id}`, reference: id },
        ...{ url: notifyUrl, method: "POST", body: JSON.stringify(payload) },
        headers: { "content-type": "application/json;charset=UTF-8" },
        ...{ signatureHeader: null, refusesCookies: false, retry: retry() },
      });
      settleCrmNotification(context, id);
    }
  }

  for (const [, rule] of kept.heads()) watch(openBooksOf(context, rule.organizationId));
  watchTable(openCrm(context).notifications, {
    before: () => undefined,
    after: () => deliveries.soon(sendNotifications),
  });
  deliveries.soon(sendNotifications);

  return {
    rules: () => [...kept.heads()],
    addRule(order) {
      const organizationId = order.organizationId ?? firstOrganization(context);
      if (organizationId === null || openBooks(context).organizations.head(organizationId) === undefined)
        return null;
      const id = openBooks(context).nextId();
      kept.put(id, { ...order, organizationId });
      watch(openBooksOf(context, organizationId));
      return id;
    },
    setActive(id, active) {
      const rule = kept.get(id);
      if (rule !== undefined) kept.put(id, { ...rule, active });
      return rule !== undefined;
    },
    removeRule(id) {
      if (kept.head(id) === undefined) return false;
      kept.delete(id);
      deliveries.clearLane(`zoho.webhooks ${id}`);
      return true;
    },
  };
}

function moduleNames(): readonly WebhookModule[] {
  const names: WebhookModule[] = [];
  for (const name in WEBHOOK_MODULES) if (isModule(name)) names.push(name);
  return names;
}

function firstOrganization(context: SandboxContext): string | null {
  for (const [id] of openBooks(context).organizations.heads()) return id;
  return null;
}

/** Whether an edit touched a field that the rule names; one that names none wants every edit. */
function concerns({ fields }: StoredRule, before: Payload | null, after: Payload): boolean {
  if (fields.length === 0 || before === null) return true;
  return fields.some((field) => JSON.stringify(before.record[field]) !== JSON.stringify(after.record[field]));
}

/** The record as the API shows it; null when the API has none. */
function payloadOf(
  context: SandboxContext,
  organizationId: string,
  module: WebhookModule,
  recordId: string,
): Payload | null {
  const books = openBooksOf(context, organizationId);
  const organization = openBooks(context).organizations.get(organizationId);
  const match = findRoute("GET", `${WEBHOOK_MODULES[module].path}/${recordId}`);
  invariant(match !== null && organization !== undefined, "a watched module shows its records");
  const query = new URLSearchParams();
  const answer = match.route.handle({
    ...{ context, books, organizationId, organization, ids: match.ids, query, input: undefined },
    request: { method: "GET", path: match.route.operation, query, headers: {}, body: Buffer.alloc(0) },
  });
  if (answer.status !== 200) return null;
  const body: Readonly<Record<string, unknown>> = JSON.parse(String(answer.body ?? "{}"));
  for (const [key, shown] of Object.entries(body)) {
    // Some answers have a list around their one record, by a switch.
    const record: unknown = Array.isArray(shown) ? shown[0] : shown;
    if (isRecord(record)) return { key, record };
  }
  return null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
