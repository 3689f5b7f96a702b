import type { ProblemCause } from "@/lib/domain/problem";

/**
 * What the help adds to the sentence of each cause: a title, what the example is about, and why it is so. The sentence and
 * the remedy themselves come from lib/sync/problem-sentence.ts, so that the help says what the screen says.
 */
export interface RecordTopic {
  readonly title: string;
  /** The subject of the example. */
  readonly example: string;
  /** The record of the example, where an invoice cannot have this. */
  readonly record?: string;
  readonly why: string;
}

export const RECORD_TOPICS: Readonly<Record<ProblemCause, RecordTopic>> = {
  currencyNotEnabled: {
    title: "The currency is not switched on",
    example: "SEK",
    why: "Xero takes documents only in currencies that the organisation added, and some plans have one currency alone.",
  },
  journalInForeignCurrency: {
    title: "A journal in a foreign currency",
    example: "USD",
    record: "Manual journal 14",
    why: "Xero keeps manual journals in the currency of the books and no other.",
  },
  accountNotMapped: {
    title: "No account chosen",
    example: "Freight",
    why: "Each account of the source needs one of the books. Tieout never guesses an account.",
  },
  accountNotUsable: {
    title: "The account can no longer be used",
    example: "200",
    why: "The account that was chosen was archived, or Xero keeps it for itself.",
  },
  accountCurrencyDiffers: {
    title: "The account is in another currency",
    example: "EUR",
    record: "Payment 77 (Harbour Lights Ltd)",
    why: "A bank account takes money in its own currency alone.",
  },
  accountTakesNoPayments: {
    title: "The account takes no payments",
    example: "610",
    record: "Payment 77 (Harbour Lights Ltd)",
    why: "Xero pays invoices through bank accounts, and others only where “Enable payments to this account” is ticked.",
  },
  taxNotMapped: {
    title: "No tax rate chosen",
    example: "VAT 12.5%",
    why: "Each tax of the source needs a rate of the books of the same percentage, since tax is never posted as an amount.",
  },
  taxNotAllowedForAccount: {
    title: "Tax and account do not go together",
    example: "20% on sales with account 400",
    why: "Xero allows a tax rate on some classes of account alone.",
  },
  nameTooLong: {
    title: "The name is too long",
    example: "",
    record: 'Contact "Mason Gifts"',
    why: "Xero cuts no name short, it refuses it.",
  },
  nameTaken: {
    title: "The name is taken",
    example: "Mason Gifts",
    record: 'Contact "Mason Gifts"',
    why: "Xero keeps names of contacts unique, whatever their case.",
  },
  contactArchived: {
    title: "The contact is archived",
    example: "Driftwood & Co",
    record: 'Contact "Driftwood & Co"',
    why: "An archived contact of Xero takes no documents and cannot be changed.",
  },
  contactMissing: {
    title: "No contact named",
    example: "",
    record: "Payment 77 (Harbour Lights Ltd)",
    why: "Xero wants to know from whom or to whom money moved.",
  },
  contactNotPosted: {
    title: "It waits for its contact",
    example: "Skärgårdens Presenter",
    why: "A document cannot be posted before its contact is in the books, and that one has an exception of its own.",
  },
  itemCodeUnusable: {
    title: "The item code cannot be used",
    example: "EXTRA-LONG-CODE-OF-MORE-THAN-THIRTY",
    record: 'Item "Beeswax candle"',
    why: "Xero's codes have at most 30 characters and belong to one item each.",
  },
  documentNotPosted: {
    title: "It waits for a document",
    example: "invoice 1042",
    record: "Payment 77 (Harbour Lights Ltd)",
    why: "A payment or credit needs the document that it settles.",
  },
  documentNotOpen: {
    title: "The document takes no payment",
    example: "invoice 1042",
    record: "Payment 77 (Harbour Lights Ltd)",
    why: "Xero takes payments on approved documents with something still to pay.",
  },
  documentBeforeCutOver: {
    title: "It settles something from before the cut-over",
    example: "invoice 0412",
    record: "Payment 77 (Harbour Lights Ltd)",
    why: "What is older than the day from which the books are kept is not in the books, so it cannot be settled there.",
  },
  numberTaken: {
    title: "The number is taken by a document that differs",
    example: "total 24.01 GBP",
    why: "Numbers of sales documents are unique in Xero, and what somebody typed there is never overwritten.",
  },
  possibleTwin: {
    title: "It may be in the books already",
    example: "invoice INV 1042, Harbour Lights, 2026-07-01, 24.01 GBP",
    why: "A record that somebody typed by hand looks like it, and only a person can say whether the two are one.",
  },
  periodLocked: {
    title: "The period is closed",
    example: "31 March 2026",
    why: "Xero takes nothing dated on or before its lock date, and Tieout moves no date without being told.",
  },
  planLimit: {
    title: "The plan allows no more documents this month",
    example: "",
    why: "Small plans of Xero approve a number of invoices and bills a month.",
  },
  amountTooLarge: {
    title: "The amount has too many digits",
    example: "12345678901234567.89",
    why: "Beyond 15 digits the way to Xero would round, and a rounded amount is a wrong one.",
  },
  totalsDiffer: {
    title: "The total would differ",
    example: "",
    why: "Worked out the way Xero does it, the lines come to another total than the source says. Nothing is posted that would not agree.",
  },
  negativeTotal: {
    title: "The total is negative",
    example: "",
    why: "Xero takes what is owed the other way round as a credit note.",
  },
  paymentAccountNotMapped: {
    title: "No bank account chosen",
    example: "Petty Cash",
    record: "Payment 77 (Harbour Lights Ltd)",
    why: "Each account that money is paid through needs one of the books.",
  },
  changedAfterPosting: {
    title: "It changed after it was posted",
    example: "total was 24.01 GBP",
    why: "The document in Xero was paid, closed or edited by a person since, so it is not overwritten.",
  },
  conflict: {
    title: "Both sides changed it",
    example: "due date",
    why: "The same field was changed in both systems and no rule says which one holds.",
  },
  goneInSource: {
    title: "Deleted in the source",
    example: "",
    why: "What is in the books is never taken out by itself unless you switched that on.",
  },
  goneInLedger: {
    title: "Voided in the books",
    example: "",
    why: "Somebody took it out of the books while it stands in the source.",
  },
  goneInTarget: {
    title: "Changed, but no longer there",
    example: "",
    why: "The change belongs to a record that the other system has no more.",
  },
  paymentShared: {
    title: "The payment settles something else too",
    example: "INV-1042",
    record: "Payment 77 (Harbour Lights Ltd)",
    why: "One payment in Xero covers several documents, and taking it out would open all of them.",
  },
  settledSince: {
    title: "Paid since, so it cannot be taken back",
    example: "",
    why: "An undo takes out only what its run put there; money from elsewhere stays.",
  },
  settledLocked: {
    title: "A payment on it lies in a closed period",
    example: "31 March 2026",
    why: "Money that moved in a closed period cannot be taken back, and the document under it neither.",
  },
  reversalRefused: {
    title: "The reversal was refused",
    example: "account 200",
    why: "In a closed period a document of its own takes back another one, and Xero refused that one.",
  },
  answerDiffers: {
    title: "Saved differently from what was sent",
    example: "tax 4.01, not 4.00",
    why: "Every answer is compared with what was asked, field by field. Xero took the record and changed something.",
  },
  unanswered: {
    title: "No answer",
    example: "3 times",
    why: "A call without an answer may have worked. It is looked for before it is sent again, so that nothing is posted twice.",
  },
  needsApproval: {
    title: "It needs a second person",
    example: "",
    why: "Your rules for posting ask for two people above an amount.",
  },
  approvalDeclined: {
    title: "It was declined",
    example: "wrong customer",
    why: "A person who was asked said no.",
  },
  refused: {
    title: "Refused by the other system",
    example: "",
    why: "The other system gave a reason that is none of the known ones. Its own words stand on the exception.",
  },
};
