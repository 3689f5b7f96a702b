import { type CanonicalRecord, isDocument } from "@/lib/domain/canonical-record";
import type { Money } from "@/lib/domain/money";

/**
 * Keys under which two entries of one thing meet although somebody typed one of them by hand: a look-up key, never a
 * proof. What is found by them is compared field by field before anyone is asked about it.
 */
export interface LooseKeys {
  /** Number or name without what people spell in different ways; empty where there is none. */
  readonly looseKey: string;
  /** What two entries of one thing share whatever they are called; empty where nothing serves. */
  readonly twinKey: string;
}

export function looseKeysOf(record: CanonicalRecord): LooseKeys {
  if (isDocument(record))
    return {
      looseKey: clipped(looseNumber(record.number)),
      twinKey: `${record.date} ${amountKey(record.gross)}`,
    };
  switch (record.recordType) {
    case "contact":
      return { looseKey: clipped(looseName(record.name)), twinKey: "" };
    case "payment":
      return settlementKeys(record.invoiceId, record.amount);
    case "billPayment":
      return settlementKeys(record.billId, record.amount);
    case "overpayment":
    case "supplierOverpayment":
      return { looseKey: "", twinKey: `${record.date} ${amountKey(record.amount)}` };
    case "manualJournal":
      // Everyone words a journal in his own way.
      return { looseKey: "", twinKey: `${record.date} ${amountKey(record.total)}` };
    default:
      return { looseKey: "", twinKey: "" };
  }
}

/** Of one document the same amount: the date may be the one of the bank or the one of the book-keeper. */
const settlementKeys = (documentId: string, amount: Money): LooseKeys => ({
  looseKey: "",
  twinKey: documentId === "" ? "" : `${documentId} ${amountKey(amount)}`,
});

const amountKey = ({ minor, currency }: Money): string => `${minor} ${currency}`;

/**
 * A number in any case, with or without its prefix, spaces, dashes and leading zeros: "INV-0042", "inv 42" and "42"
 * are one. A number of letters alone stays what it is.
 */
export function looseNumber(number: string): string {
  const plain = number
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
  return plain.replace(/^\p{L}+(?=\p{N})/u, "").replace(/^0+(?=\p{N})/u, "");
}

const SAYS_NOTHING = new Set(
  "ltd limited llc llp lp inc incorporated corp corporation plc pty co company gmbh mbh ag kg ohg ug bv nv sa sas sarl srl spa ab as aps oy oyj the and und et".split(
    " ",
  ),
);

/** A name without case, accents, punctuation, legal form and order of its words. */
export function looseName(name: string): string {
  const words = name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    // "O'Neill" is one word, "Smith&Sons" are two.
    .replace(/['’.]/gu, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
  const telling = words.filter((word) => !SAYS_NOTHING.has(word));
  return [...new Set(telling.length > 0 ? telling : words)].sort().join(" ");
}

/** A key stands in an index, which has no room for whatever somebody pasted into a name. */
const KEY_CHARACTERS_MAX = 200;
const clipped = (key: string): string => key.slice(0, KEY_CHARACTERS_MAX);
