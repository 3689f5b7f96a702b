/** The simulated Xero as a person sees it: the owner of an organisation at work in it. */
import type { SandboxContext } from "@/sandbox/kit/types";
import type { Books } from "@/sandbox/xero/books";
import { dayOf } from "@/sandbox/xero/dates";
import { xeroRecords } from "@/sandbox/xero/open-books";
import type { Desk, Office, Vendor } from "../kinds";
import { createXeroAsk } from "./ask-xero";
import { xeroKinds } from "./xero-kinds";
import { settingsPage, trialBalancePage } from "./xero-pages";

/** The pages over the records of a context. */
export function openXeroFace(
  context: SandboxContext,
  disconnect: (service: string, tenantId: string) => number,
): Vendor {
  const records = xeroRecords(context);
  return {
    prefix: "xero",
    name: "Xero",
    organisations: () =>
      [...records.organisations.heads()].map(([id, { name, baseCurrency }]) => ({
        id,
        name,
        note: baseCurrency,
      })),
    open(id) {
      const books = records.books(id.toLowerCase());
      return books === undefined ? null : openOffice(context, books, disconnect);
    },
  };
}

function openOffice(
  context: SandboxContext,
  books: Books,
  disconnect: (service: string, tenantId: string) => number,
): Office {
  const person = ownerOf(context, books);
  const desk: Desk = {
    ask: createXeroAsk(context, books, person),
    base: `/xero/books/${books.tenantId}`,
    today: dayOf(books.now()),
  };
  return {
    name: books.organisation().name,
    person,
    desk,
    kinds: xeroKinds(books, person),
    pages: [trialBalancePage(books), settingsPage(context, books, disconnect)],
  };
}

function ownerOf(context: SandboxContext, books: Books): string {
  for (const [, user] of xeroRecords(context).users.heads())
    if (user.role === "Owner" && user.tenantIds.includes(books.tenantId))
      return `${user.givenName} ${user.familyName}`;
  return "the owner";
}
