/**
 * Purchase orders: made for a contact that is already there, with a number of their own, unit amounts to four
 * decimals, and a status that only goes forward
 * (https://developer.xero.com/documentation/api/accounting/purchaseorders).
 */
import type { z } from "zod";
import { err, ok, type Result } from "@/lib/kernel/result";
import { add } from "../amounts";
import type { Books } from "../books";
import { brandingProblem } from "../settings/branding-themes";
import { nextDocumentNumber } from "../settings/numbering";
import { type ComposedDocument, composeDocument } from "../write/document";
import { type ContactRef, documentInput, flag, optionalDay, words } from "../write/input";
import type { WriteOptions } from "../write/invoices";
import { firstOf } from "../write/reference";
import {
  findOrderByNumber,
  type PurchaseOrder,
  type PurchaseOrderStatus,
  purchaseOrders,
} from "./purchase-order";

export const purchaseOrderInput = documentInput.extend({
  PurchaseOrderID: words,
  PurchaseOrderNumber: words,
  DeliveryDate: optionalDay,
  ExpectedArrivalDate: optionalDay,
  DeliveryAddress: words,
  AttentionTo: words,
  Telephone: words,
  DeliveryInstructions: words,
  BrandingThemeID: words,
  SentToContact: flag,
});
export type PurchaseOrderInput = z.infer<typeof purchaseOrderInput>;

type Refusable = Result<string, readonly string[]>;

/** Purchase orders keep four decimals of a unit amount whatever unitdp says. */
export const ORDER_UNIT_DECIMALS = 4;
const INSTRUCTIONS_CHARACTERS_MAX = 500;
const NUMBER_CHARACTERS_MAX = 255;

const NEXT: Readonly<Record<PurchaseOrderStatus | "NEW", readonly PurchaseOrderStatus[]>> = {
  NEW: ["DRAFT", "SUBMITTED", "AUTHORISED"],
  DRAFT: ["DRAFT", "SUBMITTED", "AUTHORISED", "DELETED"],
  SUBMITTED: ["DRAFT", "SUBMITTED", "AUTHORISED", "DELETED"],
  AUTHORISED: ["AUTHORISED", "BILLED", "DELETED"],
  BILLED: ["BILLED"],
  DELETED: [],
};

/** Creates (PUT) or creates or updates (POST) one purchase order; answers its id. */
export function writePurchaseOrder(
  books: Books,
  input: PurchaseOrderInput,
  options: WriteOptions,
): Refusable {
  const before = findBefore(books, input, options);
  if (!before.ok) return err([before.error]);
  const status = nextStatus(before.value?.status ?? null, input.Status);
  if (!status.ok) return err([status.error]);
  if (before.value !== null && status.value === "DELETED") {
    purchaseOrders(books).put({ ...before.value, status: "DELETED", updatedMs: books.now() });
    return ok(before.value.id);
  }
  const contact = existingContact(books, input.Contact, before.value);
  if (!contact.ok) return err([contact.error]);
  const composed = composeDocument(books, { ...input, Contact: { ContactID: contact.value } }, before.value, {
    side: "purchases",
    discountsAllowed: true,
    // An account is optional on an order's lines, approved or not.
    complete: false,
    unitDecimals: ORDER_UNIT_DECIMALS,
  });
  const number = numberOf(books, input, before.value);
  const problems = [
    ...composed.problems,
    ...lineProblems(composed, status.value),
    ...number.problems,
    ...detailProblems(books, input, status.value),
  ];
  if (problems.length > 0) return err(problems);
  const order = orderOf(input, before.value, composed, { status: status.value, number: number.number });
  purchaseOrders(books).put(order);
  return ok(order.id);
}

function orderOf(
  input: PurchaseOrderInput,
  before: PurchaseOrder | null,
  { core, discounts }: ComposedDocument,
  { status, number }: { status: PurchaseOrderStatus; number: string },
): PurchaseOrder {
  return {
    ...core,
    status,
    number,
    deliveryDate: kept(input.DeliveryDate, before?.deliveryDate),
    expectedArrivalDate: kept(input.ExpectedArrivalDate, before?.expectedArrivalDate),
    deliveryAddress: kept(input.DeliveryAddress, before?.deliveryAddress),
    attentionTo: kept(input.AttentionTo, before?.attentionTo),
    telephone: kept(input.Telephone, before?.telephone),
    deliveryInstructions: kept(input.DeliveryInstructions, before?.deliveryInstructions),
    brandingThemeId: kept(input.BrandingThemeID?.toLowerCase(), before?.brandingThemeId),
    sentToContact: input.SentToContact ?? before?.sentToContact ?? false,
    totalDiscount: before !== null && core.lines === before.lines ? before.totalDiscount : add(...discounts),
  };
}

function findBefore(
  books: Books,
  input: PurchaseOrderInput,
  options: WriteOptions,
): Result<PurchaseOrder | null, string> {
  if (!options.mayUpdate) return ok(null);
  const asked = options.id ?? input.PurchaseOrderID?.toLowerCase();
  if (!asked) {
    const numbered = input.PurchaseOrderNumber
      ? findOrderByNumber(books, input.PurchaseOrderNumber)
      : undefined;
    return ok(numbered === undefined ? null : (purchaseOrders(books).get(numbered) ?? null));
  }
  const found = purchaseOrders(books).get(asked);
  return found === undefined ? err("The purchase order specified could not be found.") : ok(found);
}

function nextStatus(
  present: PurchaseOrderStatus | null,
  asked: string | null | undefined,
): Result<PurchaseOrderStatus, string> {
  const allowed = NEXT[present ?? "NEW"];
  if (allowed.length === 0) return err("Purchase order not of valid status for modification");
  const wanted = asked ? asked.toUpperCase() : (present ?? "DRAFT");
  const found = allowed.find((status) => status === wanted);
  if (found !== undefined) return ok(found);
  return err(
    present === null
      ? `Purchase order status '${wanted}' is not valid for a new purchase order.`
      : `Purchase order status cannot be changed from ${present} to ${wanted}.`,
  );
}

/** A name alone never makes a contact here: an id or number of one that is there must be given. */
function existingContact(
  books: Books,
  ref: ContactRef | null | undefined,
  before: PurchaseOrder | null,
): Result<string, string> {
  if (ref == null && before !== null) return ok(before.contactId);
  const asked = ref?.ContactID
    ? ref.ContactID.toLowerCase()
    : ref?.ContactNumber
      ? firstOf(books.contacts.by("number", ref.ContactNumber.toLowerCase()))
      : undefined;
  if (asked === undefined || books.contacts.head(asked) === undefined)
    return err("A purchase order needs the ContactID or ContactNumber of an existing contact.");
  return ok(asked);
}

function numberOf(
  books: Books,
  input: PurchaseOrderInput,
  before: PurchaseOrder | null,
): { number: string; problems: string[] } {
  const asked = input.PurchaseOrderNumber || before?.number || "";
  if (asked === "")
    return {
      number: nextDocumentNumber(books, "PO-", (number) => findOrderByNumber(books, number) === undefined),
      problems: [],
    };
  const problems: string[] = [];
  if (asked.length > NUMBER_CHARACTERS_MAX)
    problems.push(`PurchaseOrderNumber must be at most ${NUMBER_CHARACTERS_MAX} characters.`);
  const holder = findOrderByNumber(books, asked);
  if (holder !== undefined && holder !== before?.id) problems.push("Purchase Order # must be unique.");
  return { number: asked, problems };
}

function lineProblems({ core }: ComposedDocument, status: PurchaseOrderStatus): string[] {
  if (core.lines.length === 0) return ["One or more line items must be specified"];
  const isLacking = status !== "DRAFT" && core.lines.some(({ description }) => !description);
  return isLacking ? ["Description is required on each line."] : [];
}

function detailProblems(books: Books, input: PurchaseOrderInput, status: PurchaseOrderStatus): string[] {
  const problems: string[] = [];
  if ((input.DeliveryInstructions ?? "").length > INSTRUCTIONS_CHARACTERS_MAX)
    problems.push(`DeliveryInstructions must be at most ${INSTRUCTIONS_CHARACTERS_MAX} characters.`);
  if (input.SentToContact === true && status !== "AUTHORISED" && status !== "BILLED")
    problems.push("SentToContact can only be set on purchase orders that have been approved or billed.");
  const branding = brandingProblem(books, input.BrandingThemeID);
  if (branding !== null) problems.push(branding);
  return problems;
}

/** Absent keeps what was there; empty text and null of a day empty it. */
function kept(asked: string | null | undefined, before: string | null | undefined): string | null {
  if (asked === undefined) return before ?? null;
  return asked === "" ? null : (asked ?? before ?? null);
}
