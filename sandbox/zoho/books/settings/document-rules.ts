/**
 * Rules of the organisation that every sales document obeys before its own code runs: transaction locks and
 * mandatory reporting tags. The documents of purchases and journals ask for the locks themselves.
 */
import { z } from "zod";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { zonedDate } from "../../wire/formats";
import { type BooksCall, refuse } from "../answers";
import type { Books } from "../open-books";
import { tagsInOrder } from "./tags";
import { refuseLocked } from "./transaction-locks";

const SALES = /^\/(invoices|creditnotes|customerpayments)(?:\/|$)/;
/** What is added to a document without touching its amounts. */
const HARMLESS = /\/(comments|email|attachment|documents|address|paymentreminder|templates|customfields)\b/;
const TAGGED = /^\/(invoices|creditnotes|bills|vendorcredits|salesorders|purchaseorders)(?:\/\{id\})?$/;
const PURCHASES = /^\/(bills|vendorcredits|purchaseorders)/;

const datedBody = z.object({ date: z.string().optional() });
const linesBody = z.object({
  line_items: z.array(
    z.object({
      tags: z.array(z.object({ tag_id: z.coerce.string(), tag_option_id: z.coerce.string() })).optional(),
    }),
  ),
});

/** The refusal by a rule of the organisation, or null. */
export function refuseByRules(call: BooksCall, method: string, operation: string): SandboxResponse | null {
  if (method === "GET") return null;
  return lockedSale(call, method, operation) ?? untagged(call, method, operation);
}

function lockedSale(call: BooksCall, method: string, operation: string): SandboxResponse | null {
  const kind = SALES.exec(operation)?.[1];
  if (kind === undefined || HARMLESS.test(operation) || call.books.locks.size === 0) return null;
  const [id] = call.ids;
  const known = id === undefined ? undefined : dateOf(call.books, kind, id);
  const body = datedBody.safeParse(call.input);
  const sent = body.success ? body.data.date : undefined;
  const today = zonedDate(call.context.clock.now(), call.organization.timeZone);
  const created = method === "POST" && id === undefined ? (sent ?? today) : sent;
  return refuseLocked(call, "sales", known, created);
}

function dateOf(books: Books, kind: string, id: string): string | undefined {
  if (kind === "invoices") return books.invoices.head(id)?.date;
  return kind === "creditnotes" ? books.creditNotes.head(id)?.date : books.payments.head(id)?.date;
}

const CODE_TAG_NEEDED = 1011;

function untagged(call: BooksCall, method: string, operation: string): SandboxResponse | null {
  if (!TAGGED.test(operation) || !["POST", "PUT"].includes(method) || call.books.tags.size === 0) return null;
  const body = linesBody.safeParse(call.input);
  if (!body.success) return null;
  const area = PURCHASES.test(operation) ? "Purchases" : "Sales";
  for (const [tagId, tag] of tagsInOrder(call.books)) {
    const isAsked = tag.multiPreference?.entities.some(
      ({ entity_name, is_enabled }) => is_enabled && entity_name === area,
    );
    if (tag.mandatory !== true || tag.active === false || isAsked !== true) continue;
    const isTagged = body.data.line_items.every(({ tags = [] }) =>
      tags.some(({ tag_id, tag_option_id }) => tag_id === tagId && tag_option_id !== ""),
    );
    if (!isTagged)
      return refuse(
        400,
        CODE_TAG_NEEDED,
        `Select an option for the reporting tag ${tag.name} in every line.`,
      );
  }
  return null;
}
