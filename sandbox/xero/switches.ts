/**
 * What Xero's documentation leaves open, or what was reported both ways. A client must be right in every
 * position; the initial one is the reading that the best source supports.
 */
import type { SwitchDeclarations } from "@/sandbox/kit/switches";

export const XERO_SWITCHES: SwitchDeclarations = {
  "xero.summarize-errors-default": {
    about:
      "A batch without summarizeErrors: true = one bad element refuses all (400), false = element by element.",
    positions: ["true", "false"],
    initial: "true",
  },
  "xero.number-reuse": {
    about:
      "Whose InvoiceNumber or CreditNoteNumber may be given again: of deleted documents, of deleted and voided ones, or of none.",
    positions: ["deleted", "deleted-and-voided", "never"],
    initial: "deleted",
  },
  "xero.after-disconnect": {
    about: "The status of an API call whose tenant is no longer connected.",
    positions: ["403", "401"],
    initial: "403",
  },
  "xero.insufficient-scope": {
    about: "The status of an API call whose token lacks the scope of the endpoint.",
    positions: ["401", "403"],
    initial: "401",
  },
  "xero.day-limit": {
    about: "Calls a day for each organisation: 5000, or 1000 on the Starter tier.",
    positions: ["5000", "1000"],
    initial: "5000",
  },
  "xero.default-order": {
    about:
      "Order of a list without `order`: by last update (a record updated between two pages moves and shifts the rest) or by creation.",
    positions: ["updated", "created"],
    initial: "updated",
  },
  "xero.modified-since": {
    about: "Whether If-Modified-Since returns records changed within the very second that it names.",
    positions: ["inclusive", "exclusive"],
    initial: "inclusive",
  },
  "xero.contact-number-with-known-name": {
    about:
      "POST of a contact with a new ContactNumber and the name of an existing one: refused, or taken as an update of it.",
    positions: ["refuse", "update"],
    initial: "refuse",
  },
  "xero.items-scope": {
    about: "Which scope opens /Items: accounting.settings alone, or accounting.invoices as well.",
    positions: ["settings", "settings-or-invoices"],
    initial: "settings",
  },
  "xero.allocation-contact": {
    about: "Whether a credit may be allocated to another contact's invoice.",
    positions: ["same", "any"],
    initial: "same",
  },
  "xero.negative-sales-total": {
    about: "A sales invoice with a total below zero.",
    positions: ["refuse", "accept"],
    initial: "refuse",
  },
  "xero.body-over-3.5-mb": {
    about: "A body between the recommended 3.5 MB and the hard 10 MB.",
    positions: ["accept", "refuse"],
    initial: "accept",
  },
  "xero.latency-ms": {
    about: "How long each API call takes besides its own work, so that calls overlap.",
    positions: ["0", "50", "250"],
    initial: "0",
  },
};
