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
      "Whose InvoiceNumber, CreditNoteNumber or PurchaseOrderNumber may be given again: of deleted documents, of deleted and voided ones, or of none.",
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
  "xero.high-volume-rows": {
    about:
      "How many rows a list may look through for a `where` or `order` that Xero does not call optimised (20 is for tests).",
    positions: ["100000", "20"],
    initial: "100000",
  },
  "xero.nothing-modified": {
    about: "A list with If-Modified-Since and nothing newer: 200 with an empty list, or 304 without a body.",
    positions: ["200", "304"],
    initial: "200",
  },
  "xero.where-null-guard": {
    about:
      "A call such as Reference.Contains() in `where` that meets a record without that field: refused unless a null check stands before it, or false.",
    positions: ["required", "not-required"],
    initial: "required",
  },
  "xero.where-text-case": {
    about: "Whether text in `where` is compared without regard to case.",
    positions: ["insensitive", "sensitive"],
    initial: "insensitive",
  },
  "xero.query-parse-number": {
    about: "ErrorNumber of a QueryParseException: the one that clients report, or 0.",
    positions: ["16", "0"],
    initial: "16",
  },
  "xero.line-total-text": {
    about:
      "How a LineAmount that is not Quantity times UnitAmount less discount is refused: in the words reported, or in other ones.",
    positions: ["does-not-match", "not-equal"],
    initial: "does-not-match",
  },
  "xero.app-connections": {
    about:
      "Organisations that the app's price tier lets it connect to: 1,000 on Plus, 50 on Core, 5 on Starter.",
    positions: ["1000", "50", "5"],
    initial: "1000",
  },
  "xero.uncertified-apps": {
    about:
      "Where our app is uncertified: how many other such apps each organisation has connected; two are the most that it may have.",
    positions: ["none", "two"],
    initial: "none",
  },
  "xero.refused-connection": {
    about:
      "How a consent ends that would connect too many organisations or apps: on a page of Xero's, or back at the app with access_denied.",
    positions: ["page", "access-denied"],
    initial: "page",
  },
  "xero.rapid-sync": {
    about:
      "Whether the limits of minute and day are lifted for the first 30 minutes of a connection (Plus tier and up).",
    positions: ["off", "on"],
    initial: "off",
  },
  "xero.plan": {
    about:
      "The organisations' price plan (their Class): STANDARD and STARTER have no foreign currencies, STARTER approves 20 sales invoices and 5 bills a month at most.",
    positions: ["PREMIUM", "STANDARD", "STARTER"],
    initial: "PREMIUM",
  },
  "xero.missing-permission": {
    about: "The status of an API call that the consenting user's role does not permit.",
    positions: ["403", "401"],
    initial: "403",
  },
  "xero.contact-restore": {
    about: "POST of an archived contact with ContactStatus ACTIVE: refused, or the contact is active again.",
    positions: ["refuse", "accept"],
    initial: "refuse",
  },
  "xero.tracking-options-over-100": {
    about:
      "More than 100 active options in a tracking category: refused, or taken as a soft limit as the Tracking Categories page says.",
    positions: ["refuse", "accept"],
    initial: "refuse",
  },
  "xero.attachment-max-mb": {
    about: "The largest file that can be attached: 10 MB, or the 25 MB that other pages of Xero name.",
    positions: ["10", "25"],
    initial: "10",
  },
  "xero.stock-below-zero": {
    about: "An approved sale of more of a tracked item than there is in stock, without allowBackorders.",
    positions: ["refuse", "accept"],
    initial: "refuse",
  },
  "xero.contact-balances": {
    about:
      "Balances of a contact with foreign documents: the raw amounts added up, as the schema says, or converted to the base currency.",
    positions: ["raw", "base"],
    initial: "raw",
  },
  "xero.archived-contact-text": {
    about:
      "How a write that uses an archived contact is refused: in the words reported for contacts, or in other ones.",
    positions: ["matched-archived", "not-active"],
    initial: "matched-archived",
  },
  "xero.elements-over-50": {
    about: "A write of more elements than the recommended 50 (500 for items): taken, or refused as a whole.",
    positions: ["accept", "refuse"],
    initial: "accept",
  },
  "xero.currency-rate-warning": {
    about:
      "A CurrencyRate that is less than half or more than twice the day's rate: saved with a warning, or without.",
    positions: ["warn", "silent"],
    initial: "warn",
  },
  "xero.app-minute-limit": {
    about: "Calls a minute of the app over all its organisations (30 is for tests).",
    positions: ["10000", "30"],
    initial: "10000",
  },
  "xero.app-minute-retry-after": {
    about: "Whether a 429 of the app's minute says in Retry-After how long to wait.",
    positions: ["given", "absent"],
    initial: "given",
  },
  "xero.rate-limit-problem": {
    about:
      "How X-Rate-Limit-Problem spells the limits that nobody has reported: concurrent and appminute, or Concurrent and AppMinute.",
    positions: ["lower", "capitals"],
    initial: "lower",
  },
  "xero.idempotency-store": {
    about: "Whether Xero's store of idempotency keys is there; a call with a key gets 500 while it is not.",
    positions: ["up", "down"],
    initial: "up",
  },
  "xero.premium-scopes": {
    about:
      "Whether Xero has granted the app the premium scope accounting.journals.read; invalid_scope while not.",
    positions: ["refused", "granted"],
    initial: "refused",
  },
  "xero.refresh-after-user-disconnect": {
    about:
      "A refresh token of a user who disconnected the app's last organisation inside Xero: invalid_grant, or it goes on working.",
    positions: ["invalid-grant", "works"],
    initial: "invalid-grant",
  },
  "xero.refresh-race": {
    about:
      "A second refresh with the same refresh token within a second of the first, as when two workers refresh at once: it gets tokens too, or invalid_grant.",
    positions: ["served", "refused"],
    initial: "served",
  },
  "xero.payroll-validation": {
    about:
      "How Australian payroll answers 400 for an employee that it refuses: a ValidationException with Elements, or the Employees with their ValidationErrors.",
    positions: ["exception", "employees"],
    initial: "exception",
  },
  "xero.rounding-amount": {
    about:
      "Whether the organisations have opted in to RoundingAmount on invoices (-0.10 to 0.10); it is passed over while not.",
    positions: ["off", "on"],
    initial: "off",
  },
  "xero.webhook-batching": {
    about: "Whether events that wait together come in one webhook body or each in its own.",
    positions: ["coalesced", "single"],
    initial: "coalesced",
  },
  "xero.webhook-cookies": {
    about: "A webhook answer that sets a cookie: a failure, as Xero's pages have it, or passed over.",
    positions: ["refused", "ignored"],
    initial: "refused",
  },
  "xero.webhook-credit-data": {
    about:
      "Whether events of prepayments and overpayments carry data with Type and Status, as those of credit notes do.",
    positions: ["absent", "present"],
    initial: "absent",
  },
  "xero.latency-ms": {
    about: "How long each API call takes besides its own work, so that calls overlap.",
    positions: ["0", "50", "250"],
    initial: "0",
  },
};
