/**
 * Turns what is written in an organisation's books into webhook events: of contacts, invoices (both sides),
 * credit notes, prepayments and overpayments, one for each record and commit, and only of what stays written.
 * A payment has no event of its own; the invoice that it changes has. Where nobody listens it costs a look.
 */
import type { SandboxContext } from "@/sandbox/kit/types";
import type { Kept } from "../records";
import type { PutWatcher, UndoList } from "../table";
import type { WebhookCategory } from "./event";
import type { EventOf } from "./webhooks";
import { xeroWebhooks } from "./xero-webhooks";

interface Announced {
  readonly category: WebhookCategory;
  readonly path: string;
}

const TABLES: Readonly<Record<string, Announced>> = {
  contacts: { category: "CONTACT", path: "Contacts" },
  invoices: { category: "INVOICE", path: "Invoices" },
  creditNotes: { category: "CREDITNOTE", path: "CreditNotes" },
  prepayments: { category: "PREPAYMENT", path: "Prepayments" },
  overpayments: { category: "OVERPAYMENT", path: "Overpayments" },
};

interface Change {
  readonly announced: Announced;
  readonly isNew: boolean;
  readonly body: Kept;
}

/** The watcher of one organisation's books; `isConnected` tells whether an app may know of them. */
export function announceChanges(
  context: SandboxContext,
  tenantId: string,
  undo: UndoList,
  isConnected: (clientId: string) => boolean,
): PutWatcher {
  const tables = new Map(
    Object.entries(TABLES).map(([kind, announced]): [string, Announced] => [
      `xero.${tenantId}.${kind}`,
      announced,
    ]),
  );
  const changes = new Map<string, Change>();
  return {
    putting(table, body, isNew) {
      const announced = tables.get(table);
      if (announced === undefined || xeroWebhooks(context)?.listensTo(announced.category) !== true) return;
      const key = `${table} ${body.id}`;
      const before = changes.get(key);
      changes.set(key, { announced, body, isNew: before?.isNew ?? isNew() });
      undo.active?.push(() => {
        if (before === undefined) changes.delete(key);
        else changes.set(key, before);
      });
    },
    committed() {
      if (changes.size === 0) return;
      const happened = [...changes.values()];
      changes.clear();
      const webhooks = xeroWebhooks(context);
      const clientId = webhooks?.subscription()?.clientId;
      if (clientId === undefined || !isConnected(clientId)) return;
      webhooks?.record(happened.map((change) => eventOf(context, tenantId, change)));
    },
  };
}

function eventOf(context: SandboxContext, tenantId: string, change: Change): EventOf {
  const { announced, body, isNew } = change;
  const { category } = announced;
  const tells =
    category === "CREDITNOTE" ||
    (category !== "CONTACT" &&
      category !== "INVOICE" &&
      context.switches.get("xero.webhook-credit-data") === "present");
  return {
    category,
    type: isNew ? "CREATE" : "UPDATE",
    resourceUrl: `${context.origin}/xero/api/api.xro/2.0/${announced.path}/${body.id}`,
    resourceId: body.id,
    tenantId,
    ...(tells && "type" in body && "status" in body
      ? { data: { Type: String(body.type), Status: String(body.status) } }
      : {}),
  };
}
