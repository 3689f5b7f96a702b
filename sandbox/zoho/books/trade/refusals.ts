/**
 * Refusals of the documents in this folder and its neighbours. Zoho publishes neither codes nor texts of its
 * validation errors, so unless a line says where it was seen, both are UNCONFIRMED: a client must not tell
 * errors apart by them. 1001 and 1010 are the simulator's own codes for "taken" and "not allowed".
 */
import type { SandboxResponse } from "@/sandbox/kit/types";
import { CODE_DUPLICATE, CODE_INVALID_VALUE, CODE_NOT_ALLOWED, refuse } from "../answers";

interface Refusal {
  readonly status: number;
  readonly code: number;
  readonly message: string;
}

const denied = (message: string, code = CODE_NOT_ALLOWED): Refusal => ({ status: 400, code, message });

const REFUSALS = {
  accountNeeded: denied("Please select an account for the line item.", CODE_INVALID_VALUE),
  approvalNotAwaited: denied("This transaction is not waiting for approval."),
  attachmentMissing: denied("Please attach a file.", CODE_INVALID_VALUE),
  attachmentType: denied("The type of the file is not supported.", CODE_INVALID_VALUE),
  attachmentTooLarge: denied("The file exceeds the size limit of 10 MB.", CODE_INVALID_VALUE),
  amountAboveBalance: denied("The amount applied is more than the balance of the bill."),
  amountAboveCredits: denied("The amount applied is more than the credits available."),
  amountAboveExcess: denied("The amount is more than the excess of the payment."),
  amountAbovePaid: denied("The amount applied to bills is more than the amount paid."),
  billHasSettlements: denied("Bills with payments or credits cannot be deleted, voided or reverted."),
  contactHasNoJournalRole: denied("Journal lines of receivables and payables need a contact."),
  creditHasUses: denied("Vendor credits that were applied or refunded cannot be deleted or voided."),
  currencyDiffers: denied("The currency differs from the currency of the transaction."),
  // Seen in public code (2026): the text; the code is remembered by several clients and is a switch.
  duplicateBill: denied(
    "A bill with this number has already been created for this vendor. Please check and try again.",
    13_011,
  ),
  dueBeforeDate: denied("The due date cannot be before the date.", CODE_INVALID_VALUE),
  inactiveContact: denied("The contact is inactive. Mark it as active to create transactions."),
  inactiveItem: denied("An inactive item cannot be added to a transaction."),
  journalUnbalanced: denied("The total of debits and the total of credits must be equal."),
  journalTooShort: denied("A journal needs at least two lines."),
  lineTakesTooMuch: denied("The quantity is more than what is left of the order."),
  noLines: denied("Please enter at least one line item.", 1003),
  notBank: denied("Please select a bank, cash or credit card account.", CODE_INVALID_VALUE),
  notEditable: denied("The transaction cannot be edited in its status."),
  notSentYet: denied("Only invoices with a balance that are sent can be written off."),
  numberNeeded: denied("The number is mandatory when it is not generated.", CODE_INVALID_VALUE),
  numberNotTaken: denied("The number is generated; set ignore_auto_number_generation to give one."),
  orderHasDocuments: denied("Orders with bills or invoices cannot be deleted, voided or cancelled."),
  statusNotAllowed: denied("The status of the transaction does not allow this."),
  totalBelowSettled: denied("The total cannot be less than what has been paid or credited."),
} as const satisfies Record<string, Refusal>;

export type RefusalName = keyof typeof REFUSALS;

/** The answer to a call that breaks a rule of this table. */
export function refuseBy(name: RefusalName): SandboxResponse {
  const { status, code, message } = REFUSALS[name];
  return refuse(status, code, message);
}

/** The answer when a number is taken. */
export function refuseDuplicate(label: string, number: string): SandboxResponse {
  return refuse(400, CODE_DUPLICATE, `${label} ${number} already exists.`);
}
