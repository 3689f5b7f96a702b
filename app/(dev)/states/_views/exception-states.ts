import type {
  ExceptionDetailView,
  ExceptionGroupView,
  ExceptionRow,
} from "@/lib/domain/views/exception-view";

const aRow = (given: Partial<ExceptionRow>): ExceptionRow => ({
  exceptionId: "e1",
  recordType: "invoice",
  sourceExternalId: "1",
  number: "INV-00350",
  label: "Nordlys AB",
  amount: { amount: "18000.00", currency: "SEK" },
  cause: "currencyNotEnabled",
  message: "Invoice INV-00350 (Nordlys AB) is in SEK, and Xero is not set up for SEK.",
  remedy: "Add SEK in Xero under Settings, Currencies; then sync again.",
  vendorMessage: "Organisation is not subscribed to currency SEK",
  attempts: 1,
  since: "2026-11-20T09:01:00.000Z",
  isAskedAgain: false,
  dismissal: null,
  ...given,
});

/** Constructed: a remedy elsewhere, a choice made in place, and a locked period. */
export const EXCEPTION_GROUPS: readonly ExceptionGroupView[] = [
  {
    key: "0".repeat(32),
    cause: "currencyNotEnabled",
    subject: "SEK",
    message: "Each of 3 records is in SEK, and Xero is not set up for SEK.",
    remedy: "Add SEK in Xero under Settings, Currencies; then sync again.",
    action: null,
    choice: null,
    canMoveToOpenDay: false,
    total: 3,
    rows: ["INV-00350", "INV-00352", "INV-00361"].map((number, index) =>
      aRow({ exceptionId: number, number, attempts: 1 + index, isAskedAgain: index === 1 }),
    ),
  },
  {
    key: "1".repeat(32),
    cause: "accountNotMapped",
    subject: "Gift wrapping",
    message:
      'Each of 41 records uses the Zoho Books account "Gift wrapping", which has no account chosen for it.',
    remedy: "Choose an account for it, here or in the set-up.",
    action: { label: "Open the set-up", href: "/states" },
    choice: {
      label: 'Account in Xero for "Gift wrapping"',
      options: [
        { key: "200", label: "200 Sales" },
        { key: "260", label: "260 Other Revenue" },
      ],
      suggestedKey: "260",
    },
    canMoveToOpenDay: false,
    total: 41,
    rows: [
      aRow({
        exceptionId: "e9",
        number: "INV-00402",
        label: "Marlow & Finch",
        amount: { amount: "512.07", currency: "GBP" },
        vendorMessage: null,
        attempts: 0,
      }),
    ],
  },
  {
    key: "2".repeat(32),
    cause: "periodLocked",
    subject: "2026-06-30",
    message:
      "Invoice INV-0990 (Castle Street Cards) is dated in a period that is locked in Xero (up to 2026-06-30).",
    remedy:
      "Post it on the first open day. Move the lock date in Xero for a moment, or change the date in Zoho Books, where that suits better; then try again.",
    action: null,
    choice: null,
    canMoveToOpenDay: true,
    total: 1,
    rows: [
      aRow({ exceptionId: "e10", number: "INV-0990", label: "Castle Street Cards", vendorMessage: null }),
    ],
  },
];

/** Constructed: refused by the vendor, with everything that can be changed for it alone. */
export const EXCEPTION_DETAIL: ExceptionDetailView = {
  ...aRow({
    number: "INV-1109",
    label: "Castle Street Cards",
    amount: { amount: "84.00", currency: "GBP" },
    cause: "numberTaken",
    message:
      "Invoice INV-1109 (Castle Street Cards): its number was used in Xero before, by a document that is void or deleted there, and Xero gives no number twice.",
    remedy: "Change the number in Zoho Books; then sync again.",
    vendorMessage: "Invoice # must be unique.",
  }),
  state: "open",
  group: "3".repeat(32),
  names: { source: "Zoho Books", ledger: "Xero" },
  action: null,
  canMoveToOpenDay: false,
  exchange: {
    call: "PUT /Invoices?summarizeErrors=false&unitdp=4 status 200",
    sent: '{\n  "Type": "ACCREC",\n  "InvoiceNumber": "INV-1109",\n  "LineItems": [\n    "… (3 more)"\n  ]\n}',
    answer:
      '{\n  "StatusAttributeString": "ERROR",\n  "ValidationErrors": [\n    { "Message": "Invoice # must be unique." }\n  ]\n}',
    vendorRequestId: "0f5b7c1e-9d5c-4a8e-8f1e-2b7c2f3a4d5e",
  },
  fields: [
    {
      field: "account",
      sourceKey: "1",
      label: 'Account for "Sales"',
      sourceText: "Sales",
      usual: "200 Sales",
      chosen: "",
      chosenLabel: "",
      options: [
        { key: "200", label: "200 Sales" },
        { key: "260", label: "260 Other Revenue" },
      ],
    },
    {
      field: "contact",
      sourceKey: "",
      label: "Contact",
      sourceText: "Castle Street Cards",
      usual: "",
      chosen: "",
      chosenLabel: "",
      options: null,
    },
    {
      field: "number",
      sourceKey: "",
      label: "Number",
      sourceText: "INV-1109",
      usual: "",
      chosen: "INV-1109/B",
      chosenLabel: "INV-1109/B",
      options: null,
    },
    {
      field: "date",
      sourceKey: "",
      label: "Date",
      sourceText: "2026-09-14",
      usual: "",
      chosen: "",
      chosenLabel: "",
      options: null,
    },
  ],
  ledgerLink: null,
};
