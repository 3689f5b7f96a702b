/**
 * Our ids of what TIMS keeps in several lists that make one record type: the list stands before the id. A colon parts a
 * settlement from its payment (contract), so an id of TIMS that has one is written without.
 */
export type Prefix = "C" | "V" | "SO" | "AR" | "CM" | "PO" | "AP" | "GL" | "ADJ";

export const idWith = (prefix: Prefix, id: string): string => `${prefix}-${plain(id)}`;

/** An id of a list that makes a record type alone. */
export const plain = (id: string): string => encodeURIComponent(id);

/** A vendor's bill: named by its list where orders are bills as well. */
export const billIdOf = (id: string, billsFrom: "bills" | "orders"): string =>
  billsFrom === "orders" ? idWith("AP", id) : plain(id);

/** The list and TIMS' own id; null for what is no id of ours. */
export function splitId(externalId: string): { prefix: Prefix; id: string } | null {
  const [, prefix, id] = /^(C|V|SO|AR|CM|PO|AP|GL|ADJ)-(.+)$/s.exec(externalId) ?? [];
  const known = PREFIXES.find((one) => one === prefix);
  return known === undefined || id === undefined ? null : { prefix: known, id: theirs(id) };
}

const PREFIXES: readonly Prefix[] = ["C", "V", "SO", "AR", "CM", "PO", "AP", "GL", "ADJ"];

/** TIMS' own id behind one of ours. */
export function theirs(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch (thrown) {
    if (thrown instanceof URIError) return id;
    throw thrown;
  }
}

/** Ids of settlements begin with the id of the payment. */
export const parentOf = (externalId: string): string => externalId.split(":")[0] ?? externalId;
