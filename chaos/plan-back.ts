import { SOURCE_CALLS, type StruckCall } from "./ledger-calls";
import { FAULT_KINDS, type FaultPlan } from "./plan-faults";
import { price, type Random, range } from "./random";

/**
 * What a trial's accountant does in Xero once both sides agree, and which calls to Zoho Books carry it back. Zoho has no
 * idempotency key: our marker alone keeps a second try from making a second record.
 */
export interface BackPlan {
  readonly contacts: readonly { readonly name: string; readonly email: string }[];
  readonly items: readonly { readonly code: string; readonly name: string; readonly price: string }[];
  /** How many invoices that are still open are paid, and how many per cent of what is due. */
  readonly payments: readonly { readonly percent: number }[];
  /** Whether the first contact and item that came from Zoho are changed, an unsettled invoice voided, a payment deleted. */
  readonly changes: { readonly contact: boolean; readonly item: boolean };
  readonly voids: { readonly invoice: boolean; readonly payment: boolean };
}

/** Records of these types may go back. */
export const BACK_TYPES = ["contact", "item", "invoice", "payment"] as const;

/** The struck call's record is always there to be written. */
export function planBack(random: Random, prefix: string, struck: StruckCall): BackPlan {
  const isStruck = (recordType: string, verb: string): boolean =>
    struck.recordType === recordType && struck.verb === verb;
  const some = (recordType: string): number[] =>
    range(isStruck(recordType, "create") ? random.between(1, 3) : random.between(0, 2));
  return {
    contacts: some("contact").map((index) => ({
      name: `${prefix} Patron ${index}`,
      email: `${prefix.toLowerCase()}-${index}@patrons.example`,
    })),
    items: some("item").map((index) => ({
      code: `${prefix}-BACK-${index}`,
      name: `${prefix} Article ${index}`,
      price: price(random),
    })),
    payments: some("payment").map(() => ({ percent: random.pick([15, 40, 100]) })),
    changes: {
      contact: isStruck("contact", "update") || random.chance(0.3),
      item: isStruck("item", "update") || random.chance(0.3),
    },
    voids: {
      invoice: isStruck("invoice", "void") || random.chance(0.3),
      payment: isStruck("payment", "void") || random.chance(0.3),
    },
  };
}

/** Kinds that mean something at Zoho Books, whose records these calls write. */
export const BACK_FAULT_KINDS = FAULT_KINDS.filter(({ service }) => service !== "xero");

/** One of them, mostly on a write. */
export function planBackFault(random: Random, kind: (typeof BACK_FAULT_KINDS)[number]): FaultPlan {
  const { method, operation } = random.pick(SOURCE_CALLS);
  const reading = random.pick(["/contacts", "/invoices", "/customerpayments"]);
  const target = random.chance(0.8) ? { method, operation } : { method: "GET", operation: reading };
  const skip = random.pick([0, 0, 0, 1]);
  return { name: kind.name, service: "zoho", ...target, skip, times: 1, effect: kind.effect };
}
