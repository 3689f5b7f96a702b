import type { ExceptionGroupView } from "@/lib/domain/views/exception-view";

/** Constructed: one cause with a remedy elsewhere, one with a remedy of ours. */
export const EXCEPTION_GROUPS: readonly ExceptionGroupView[] = [
  {
    cause: "currency",
    subject: "SEK",
    message: "Xero is not set up for SEK",
    remedy: "Add SEK in Xero under Settings, Currencies. Tieout tries again by itself at the next run.",
    action: { label: "Open currencies in Xero", href: "https://go.xero.com/" },
    total: 3,
    rows: ["INV-00350", "INV-00352", "INV-00361"].map((number, index) => ({
      exceptionId: number,
      recordType: "invoice" as const,
      sourceExternalId: number,
      number,
      label: "Nordlys AB",
      amount: { amount: `${18 + index}000.00`, currency: "SEK" },
      message: "Invoices in SEK cannot be posted to this organisation.",
      vendorMessage: "Organisation is not subscribed to currency SEK",
      attempts: 1 + index,
      since: "2026-11-20T09:01:00.000Z",
    })),
  },
  {
    cause: "mapping",
    subject: "Gift wrapping",
    message: "No account is chosen for Gift wrapping",
    remedy: "Choose the Xero account for it in the set-up.",
    action: { label: "Open the set-up", href: "/states" },
    total: 41,
    rows: [
      {
        exceptionId: "e9",
        recordType: "invoice",
        sourceExternalId: "9",
        number: "INV-00402",
        label: "Marlow & Finch",
        amount: { amount: "512.07", currency: "GBP" },
        message: "A line uses an account that has no place in Xero yet.",
        vendorMessage: null,
        attempts: 1,
        since: "2026-11-20T09:01:00.000Z",
      },
    ],
  },
];
