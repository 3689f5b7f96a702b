import type { CanonicalRecord, RecordOf } from "@/lib/domain/canonical-record";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/kernel/result";
import { type Mapped, mapDocument } from "./map-document";
import type { ReferenceState, References } from "./references";
import { labelOf, taxSideKey, type ValueMaps } from "./value-maps";

/** A source record as the ledger is to have it, or every reason why it cannot be. Pure: nothing is looked up here. */
export function mapRecord(
  record: CanonicalRecord,
  maps: ValueMaps,
  references: References,
): Result<Mapped<CanonicalRecord>, readonly Problem[]> {
  switch (record.recordType) {
    case "contact":
      return ok({ record, warnings: [] });
    case "item":
      return ok({ record: mapItem(record, maps), warnings: [] });
    case "invoice":
    case "creditNote":
      return mapDocument(record, maps, references);
    case "allocation":
      return mapAllocation(record, references);
    case "payment":
      return mapPayment(record, maps, references);
    case "overpayment":
      return mapOverpayment(record, maps, references);
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
  allocation: RecordOf<"allocation">,
  references: References,
): Result<Mapped<CanonicalRecord>, readonly Problem[]> {
  const creditNote = references.creditNote(allocation.creditNoteId);
  const invoice = references.invoice(allocation.invoiceId);
  const problems = [
    ...documentProblem(creditNote, allocation.creditNoteNumber),
    ...documentProblem(invoice, allocation.invoiceNumber),
  ];
  if (problems.length > 0) return err(problems);
  return ok({
    record: { ...allocation, creditNoteId: ledgerId(creditNote), invoiceId: ledgerId(invoice) },
    warnings: [],
  });
}

function mapPayment(
  payment: RecordOf<"payment">,
  maps: ValueMaps,
  references: References,
): Result<Mapped<CanonicalRecord>, readonly Problem[]> {
  const invoice = references.invoice(payment.invoiceId);
  const accountKey = maps.paymentAccount.get(payment.accountKey ?? "");
  const problems = documentProblem(invoice, payment.invoiceNumber);
  if (accountKey === undefined)
    problems.push(
      problem("paymentAccountNotMapped", labelOf(maps, "paymentAccount", payment.accountKey ?? "")),
    );
  if (problems.length > 0 || accountKey === undefined) return err(problems);
  return ok({ record: { ...payment, invoiceId: ledgerId(invoice), accountKey }, warnings: [] });
}

function mapOverpayment(
  overpayment: RecordOf<"overpayment">,
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

function documentProblem(state: ReferenceState, number: string): Problem[] {
  return state.state === "linked" || state.state === "planned" ? [] : [problem("documentNotPosted", number)];
}

const ledgerId = (state: ReferenceState): string => (state.state === "linked" ? state.ledgerId : "");
