import { type CanonicalRecord, isDocument, type RecordOf } from "@/lib/domain/canonical-record";
import { type Problem, problem } from "@/lib/domain/problem";
import {
  type CreditAllocation,
  type DocumentPayment,
  type ExcessPayment,
  type SettledDocument,
  settledDocument,
  usedCredit,
} from "@/lib/domain/settlement";
import { err, ok, type Result } from "@/lib/kernel/result";
import { type Mapped, mapDocument } from "./map-document";
import { mapJournal } from "./map-journal";
import type { ReferenceState, References } from "./references";
import { labelOf, taxSideKey, type ValueMaps } from "./value-maps";

/** A source record as the ledger is to have it, or every reason why it cannot be. Pure: nothing is looked up here. */
export function mapRecord(
  record: CanonicalRecord,
  maps: ValueMaps,
  references: References,
): Result<Mapped<CanonicalRecord>, readonly Problem[]> {
  if (isDocument(record)) return mapDocument(record, maps, references);
  switch (record.recordType) {
    case "contact":
      return ok({ record, warnings: [] });
    case "item":
      return ok({ record: mapItem(record, maps), warnings: [] });
    case "allocation":
    case "supplierAllocation":
      return mapAllocation(record, references);
    case "payment":
    case "billPayment":
      return mapPayment(record, maps, references);
    case "overpayment":
    case "supplierOverpayment":
      return mapOverpayment(record, maps, references);
    case "manualJournal":
      return mapJournal(record, maps);
  }
}

/** Account and tax of an item are only defaults for typing by hand, so an unmapped one is left out. */
function mapItem(item: RecordOf<"item">, maps: ValueMaps): RecordOf<"item"> {
  const salesAccountKey = maps.account.get(item.salesAccountKey ?? "") ?? null;
  const salesTaxKey =
    salesAccountKey === null ? null : (maps.tax.get(taxSideKey(item.salesTaxKey ?? "", "sales")) ?? null);
  return { ...item, salesAccountKey, salesTaxKey };
}

function mapAllocation(
  allocation: CreditAllocation,
  references: References,
): Result<Mapped<CanonicalRecord>, readonly Problem[]> {
  const named = [usedCredit(allocation), settledDocument(allocation)];
  const problems = named.flatMap((document) => documentProblem(document, references));
  if (problems.length > 0) return err(problems);
  return ok({ record: inLedger(allocation, references), warnings: [] });
}

function mapPayment(
  payment: DocumentPayment,
  maps: ValueMaps,
  references: References,
): Result<Mapped<CanonicalRecord>, readonly Problem[]> {
  const accountKey = maps.paymentAccount.get(payment.accountKey ?? "");
  const problems = documentProblem(settledDocument(payment), references);
  if (accountKey === undefined)
    problems.push(
      problem("paymentAccountNotMapped", labelOf(maps, "paymentAccount", payment.accountKey ?? "")),
    );
  if (problems.length > 0 || accountKey === undefined) return err(problems);
  return ok({ record: { ...inLedger(payment, references), accountKey }, warnings: [] });
}

/** The settlement with the ledger's ids of the documents that it names. */
function inLedger<T extends DocumentPayment | CreditAllocation>(settlement: T, references: References): T {
  return {
    ...settlement,
    ...("invoiceId" in settlement && { invoiceId: ledgerId(references.invoice(settlement.invoiceId)) }),
    ...("creditNoteId" in settlement && {
      creditNoteId: ledgerId(references.creditNote(settlement.creditNoteId)),
    }),
    ...("billId" in settlement && { billId: ledgerId(references.bill(settlement.billId)) }),
    ...("supplierCreditId" in settlement && {
      supplierCreditId: ledgerId(references.supplierCredit(settlement.supplierCreditId)),
    }),
  };
}

function mapOverpayment(
  overpayment: ExcessPayment,
  maps: ValueMaps,
  references: References,
): Result<Mapped<CanonicalRecord>, readonly Problem[]> {
  const contact = references.contact(overpayment.contactId);
  const accountKey = maps.paymentAccount.get(overpayment.accountKey ?? "");
  const problems: Problem[] = [];
  if (contact.state !== "linked" && contact.state !== "planned") {
    problems.push(problem("contactNotPosted", overpayment.contactName));
  }
  if (accountKey === undefined)
    problems.push(
      problem("paymentAccountNotMapped", labelOf(maps, "paymentAccount", overpayment.accountKey ?? "")),
    );
  if (problems.length > 0 || accountKey === undefined) return err(problems);
  return ok({ record: { ...overpayment, contactId: ledgerId(contact), accountKey }, warnings: [] });
}

function documentProblem(document: SettledDocument, references: References): Problem[] {
  const { state } = references[document.recordType](document.id);
  return state === "linked" || state === "planned" ? [] : [problem("documentNotPosted", document.number)];
}

const ledgerId = (state: ReferenceState): string => (state.state === "linked" ? state.ledgerId : "");
