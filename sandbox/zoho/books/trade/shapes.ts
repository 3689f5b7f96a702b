/**
 * Where Zoho's OpenAPI file and the answers that clients were seen to read differ in structure: a sales
 * order in a list, all lines of a vendor credit as one object, a vendor payment without its name. The
 * switch zoho.document-answers chooses; "described" is for checking answers against the file.
 */
import type { BooksCall } from "../answers";

/** The fields of an answer that hold a document. */
export function shapeAnswer(call: BooksCall, key: string, wire: object): object {
  if (call.context.switches.get("zoho.document-answers") === "live") return { [key]: wire };
  if (key === "salesorder") return { salesorder: [wire] };
  if (key === "vendor_credit") return { vendor_credit: withFirstLine(wire) };
  if (key === "purchaseorder") return { purchaseorder: withTextQuantities(wire) };
  if (key === "vendorpayment" && call.request.method === "POST") return wire;
  if (key === "vendorpayment" && call.request.method === "PUT") return { vendorpayment: [wire] };
  if (key === "vendorpayment_refund") return { vendorpayment_refund: [wire] };
  return { [key]: wire };
}

function withFirstLine(wire: object): object {
  const [first = {}] = linesOf(wire);
  return { ...wire, line_items: first };
}

function withTextQuantities(wire: object): object {
  const lines = linesOf(wire).map((line) => ({
    ...line,
    ...("quantity" in line ? { quantity: String(line.quantity) } : {}),
  }));
  return { ...wire, line_items: lines, taxes: [] };
}

function linesOf(wire: object): readonly object[] {
  return "line_items" in wire && Array.isArray(wire.line_items) ? wire.line_items : [];
}
