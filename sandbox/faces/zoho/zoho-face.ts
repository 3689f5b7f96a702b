/** The simulated Zoho as a person sees it: Books in every organisation, with CRM, Inventory and Expense beside it. */
import type { SandboxContext } from "@/sandbox/kit/types";
import { openBooks } from "@/sandbox/zoho/books/open-books";
import type { StoredOrganization } from "@/sandbox/zoho/books/records";
import { crmOrganization } from "@/sandbox/zoho/crm/api";
import { findDataCentre } from "@/sandbox/zoho/data-centres";
import { zonedDate } from "@/sandbox/zoho/wire/formats";
import { rowsOf } from "../edits";
import { html } from "../html";
import type { Act, Column, Desk, Office, OwnPage, Vendor } from "../kinds";
import { table } from "../parts";
import { bankAccountKind, journalKind } from "./accountant-kinds";
import { crmKinds, expenseReportKind, stockItemKind } from "./app-kinds";
import { createZohoAsk } from "./ask-zoho";
import { contactKind, itemKind } from "./party-kinds";
import { billKind, expenseKind, paymentMadeKind, purchaseOrderKind } from "./purchase-kinds";
import { creditNoteKind, invoiceKind, paymentReceivedKind } from "./sales-kinds";

/** The pages over the records of a context. */
export function openZohoFace(context: SandboxContext): Vendor {
  const books = openBooks(context);
  return {
    prefix: "zoho",
    name: "Zoho",
    organisations: () =>
      [...books.organizations.heads()].map(([id, { name, dataCentre, currencyCode }]) => ({
        id,
        name,
        note: `${dataCentre}, ${currencyCode}`,
      })),
    open(id) {
      const organization = books.organizations.get(id);
      return organization === undefined ? null : openOffice(context, id, organization);
    },
  };
}

function openOffice(context: SandboxContext, id: string, organization: StoredOrganization): Office {
  const desk: Desk = {
    ask: createZohoAsk(context, id, organization),
    base: `/zoho/books/${id}`,
    today: zonedDate(context.clock.now(), organization.timeZone),
  };
  // A data centre has one CRM, which belongs to its first organisation.
  const dataCentre = findDataCentre(organization.dataCentre);
  const hasCrm = dataCentre !== null && crmOrganization(openBooks(context), dataCentre)?.id === id;
  return {
    name: organization.name,
    person: organization.contactName,
    desk,
    kinds: [
      invoiceKind(),
      creditNoteKind(),
      paymentReceivedKind(),
      billKind(),
      paymentMadeKind(),
      purchaseOrderKind(),
      expenseKind(),
      contactKind(),
      itemKind(),
      journalKind(),
      bankAccountKind(),
      ...(hasCrm ? crmKinds() : []),
      stockItemKind(),
      expenseReportKind(),
    ],
    pages: [lockPage()],
  };
}

const LOCK_MODULES: readonly (readonly [string, string])[] = [
  ["", "All"],
  ["sales", "Sales"],
  ["purchase", "Purchases"],
  ["accountant", "Accountant"],
  ["banking", "Banking"],
];

function lockPage(): OwnPage {
  const columns: readonly Column[] = [
    {
      label: "Module",
      at: (lock) => textOf(lock, "lock_scope_formatted") || textOf(lock, "transaction_lock_module") || "all",
    },
    { label: "Locked up to", at: "transaction_lock_date", as: "day" },
    { label: "Status", at: "transaction_lock_status" },
    { label: "Reason", at: "reason" },
  ];
  return {
    slug: "transaction-locking",
    label: "Transaction locking",
    group: "Accountant",
    record: () => ({}),
    render(desk) {
      const locks = rowsOf(desk, "/books/transactionlocks", "transaction_locks");
      return html`<section class="sheet" aria-label="Locks">${locks.length === 0 ? html`<p>Nothing is locked.</p>` : table("Locks", columns, locks, { desk, currencyOf: () => "" })}</section>`;
    },
    acts: [lockAct("lock", "Lock transactions"), lockAct("unlock", "Unlock transactions")],
  };
}

function textOf(record: Readonly<Record<string, unknown>>, name: string): string {
  const value = record[name];
  return typeof value === "string" ? value : "";
}

function lockAct(slug: "lock" | "unlock", label: string): Act {
  return {
    slug,
    label,
    fits: () => true,
    fields: (_record, desk) => [
      { name: "module", label: "Module", type: "select", value: "", options: LOCK_MODULES },
      ...(slug === "lock"
        ? ([{ name: "date", label: "Up to and with", type: "date", value: desk.today }] as const)
        : []),
      { name: "reason", label: "Reason", type: "text", value: "" },
    ],
    run({ desk, form }) {
      const module = form.get("module") ?? "";
      return desk.ask("PUT", "/books/transactionlock", {
        body: {
          transaction_lock_status: slug === "lock" ? "enabled" : "disabled",
          ...(module === "" ? {} : { transaction_lock_module: module }),
          ...(slug === "lock" ? { transaction_lock_date: form.get("date") ?? "" } : {}),
          reason: form.get("reason") ?? "",
        },
      });
    },
  };
}
