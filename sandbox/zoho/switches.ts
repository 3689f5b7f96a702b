/**
 * What Zoho's documents leave open or say in two ways. Every entry is a guess until a live organisation
 * answers; a client that is right in each position cannot be hurt by a wrong guess.
 */
import type { SwitchDeclarations } from "@/sandbox/kit/switches";

export const ZOHO_SWITCHES = {
  "zoho.token-error-status": {
    about: 'HTTP status of an OAuth error such as {"error":"invalid_code"}: the docs do not say.',
    positions: ["200", "400"],
    initial: "200",
  },
  "zoho.consent-location": {
    about:
      "Data centre named by the redirect after consent: the one that was asked, or the user's home (eu).",
    positions: ["asked", "home"],
    initial: "asked",
  },
  "zoho.client-secret": {
    about: "Whether the client secret is the same in every data centre or another one in each.",
    positions: ["same", "per-data-centre"],
    initial: "same",
  },
  "zoho.invalid-token-code": {
    about: "Code of the 401 for an unknown or expired access token: 14, or 57 as for a missing scope.",
    positions: ["14", "57"],
    initial: "14",
  },
  "zoho.not-found-status": {
    about: "HTTP status that goes with code 1002 (record does not exist).",
    positions: ["404", "400"],
    initial: "404",
  },
  "zoho.modified-since": {
    about: "Whether last_modified_time also gives records changed in that very second.",
    positions: ["inclusive", "exclusive"],
    initial: "inclusive",
  },
  "zoho.partly-paid-overdue": {
    about: "Status of a part-paid invoice after its due date.",
    positions: ["partially_paid", "overdue"],
    initial: "partially_paid",
  },
  "zoho.payment-list-key": {
    about: "Name of the rows of GET /customerpayments: as answered in 2026, or as the OpenAPI file has it.",
    positions: ["customerpayments", "customer_payments"],
    initial: "customerpayments",
  },
  "zoho.rate-headers": {
    about: "Whether answers carry x-rate-limit-limit, -remaining and -reset (the day's calls).",
    positions: ["present", "absent"],
    initial: "present",
  },
  "zoho.duplicate-contact-names": {
    about: "Whether two contacts may bear one name (a preference of the organisation).",
    positions: ["refused", "allowed"],
    initial: "refused",
  },
  "zoho.books-answers": {
    about:
      "Answers of Zoho Books as live ones are seen (an item's account and times, one account in its envelope, one tax as an object) or to the letter of its OpenAPI files.",
    positions: ["live", "described"],
    initial: "live",
  },
  "zoho.wrong-organization-status": {
    about: "HTTP status that goes with code 6041 (an organisation that is not the user's).",
    positions: ["400", "401"],
    initial: "400",
  },
  "zoho.wrong-method": {
    about: "A known address with a method it does not have: 405 with code 37, or 404 with code 5.",
    positions: ["37", "5"],
    initial: "37",
  },
  "zoho.minute-limit": {
    about:
      "The 429 of the minute's limit: code 44 without Retry-After (documented), or code 43 with Retry-After 3600 (measured by others in 2026).",
    positions: ["44", "43"],
    initial: "44",
  },
  "zoho.odd-paging": {
    about: "page or per_page that is 0 or no number: refused with code 4, or taken as absent.",
    positions: ["refused", "ignored"],
    initial: "refused",
  },
  "zoho.per-page-over-200": {
    about: "per_page above 200: taken as 200, or refused with code 4.",
    positions: ["capped", "refused"],
    initial: "capped",
  },
  "zoho.code-lifetime": {
    about: "Seconds that an authorisation code lives: 120 (Accounts docs) or 60 (Inventory docs).",
    positions: ["120", "60"],
    initial: "120",
  },
  "zoho.active-access-tokens": {
    about: "Access tokens of one refresh token that live at once: 10 (Accounts docs), 30 (older docs).",
    positions: ["10", "30"],
    initial: "10",
  },
  "zoho.refresh-token-without-prompt": {
    about:
      "Whether a second offline consent without prompt=consent gives a refresh token, while the first one's lives.",
    positions: ["none", "given"],
    initial: "none",
  },
  "zoho.revoked-error": {
    about: "What revoking a token that does not exist answers.",
    positions: ["invalid_code", "invalid_token"],
    initial: "invalid_code",
  },
  "zoho.locked-period-code": {
    about: "Code of the refusal of a write in a locked period: not documented; both are guesses.",
    positions: ["1010", "110002"],
    initial: "1010",
  },
  "zoho.inventory-answers": {
    about:
      "Answers of Zoho Inventory as live ones are seen (ids as text, salesorder, stock fields) or as its OpenAPI file describes them (ids as numbers, sales_order, package as a list).",
    positions: ["live", "described"],
    initial: "live",
  },
  "zoho.crm-fields-parameter": {
    about: "Whether GET of a CRM module's records without `fields` is refused.",
    positions: ["required", "optional"],
    initial: "required",
  },
  "zoho.crm-notification": {
    about:
      "What a CRM notification holds: all that Zoho's pages name, or only module, operation, ids, channel_id and token.",
    positions: ["full", "short"],
    initial: "full",
  },
  "zoho.crm-channel-expiry": {
    about: "How long a CRM notification channel may live at most; beyond it Zoho takes one hour.",
    positions: ["day", "week"],
    initial: "day",
  },
  "zoho.crm-unique-email": {
    about: "Whether the organisation marks the CRM field Email as unique (DUPLICATE_DATA on insert).",
    positions: ["no", "yes"],
    initial: "no",
  },
  "zoho.crm-failed-write-status": {
    about:
      "HTTP status of a CRM write with failed records: 202 for any failure, or 400 when all failed and 207 when some did.",
    positions: ["202", "400-or-207"],
    initial: "202",
  },
  "zoho.crm-search-lag": {
    about: "Seconds until a CRM search finds what was written; the search index follows the records.",
    positions: ["0", "60"],
    initial: "0",
  },
  "zoho.expense-submitted-word": {
    about: "Status word of an expense report that waits for approval.",
    positions: ["submitted", "pending_approval"],
    initial: "submitted",
  },
  "zoho.expense-organization": {
    about:
      "Where Zoho Expense looks for the organisation: the query parameter, the header of older clients, or either.",
    positions: ["either", "query", "header"],
    initial: "either",
  },
  "zoho.document-answers": {
    about:
      "Sales orders, vendor credits, purchase orders and vendor payments as clients read them, or in the structure of Zoho's OpenAPI file (a list, one line as an object, text quantities, no name).",
    positions: ["live", "described"],
    initial: "live",
  },
  "zoho.new-purchase-status": {
    about: "Status of a bill or vendor credit that was just created.",
    positions: ["open", "draft"],
    initial: "open",
  },
  "zoho.new-journal-status": {
    about: "Status of a journal that was created without one.",
    positions: ["published", "draft"],
    initial: "published",
  },
  "zoho.new-expense-status": {
    about:
      "HTTP status after an expense was created: as Zoho's description has it, or as for other documents.",
    positions: ["200", "201"],
    initial: "200",
  },
  "zoho.duplicate-bill-number": {
    about:
      "A second bill with one number for one vendor: refused with the code that clients remember, with the simulator's own, or taken (a preference).",
    positions: ["13011", "1001", "allowed"],
    initial: "13011",
  },
  "zoho.number-without-flag": {
    about:
      "A number given to a document with automatic numbers and without ignore_auto_number_generation: taken, refused, or replaced by the next one.",
    positions: ["taken", "refused", "replaced"],
    initial: "taken",
  },
  "zoho.webhook-signature": {
    about: "How the keyed SHA-256 of a signed workflow webhook is written: hex, or base64.",
    positions: ["hex", "base64"],
    initial: "hex",
  },
  "zoho.webhook-signed-text": {
    about:
      "What a workflow webhook's signature covers: the sorted query and form pairs followed by the raw JSON, or the body's bytes alone.",
    positions: ["pairs-and-body", "body"],
    initial: "pairs-and-body",
  },
  "zoho.webhook-retries": {
    about:
      "Whether a workflow webhook or CRM notification that was not taken is sent again: not at all, or every 5 minutes for 15.",
    positions: ["none", "three"],
    initial: "none",
  },
  "zoho.webhook-form-body": {
    about:
      "What the form of a workflow webhook holds besides custom parameters: the payload as JSONString, or nothing.",
    positions: ["json-string", "parameters-alone"],
    initial: "json-string",
  },
} as const satisfies SwitchDeclarations;
