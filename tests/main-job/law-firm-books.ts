import { TIDEWATER_TENANT_ID } from "@/sandbox/seed/xero-organisation";
import { xeroRecords } from "@/sandbox/xero/open-books";
import type { ProductWorld } from "../setup/product-world";

/** Contacts of the law firm's Xero organisation as the simulator itself keeps them. */
export function listLedgerContacts({
  sandbox,
}: ProductWorld): { id: string; name: string; status: string }[] {
  const books = xeroRecords(sandbox.context).books(TIDEWATER_TENANT_ID);
  return [...(books?.contacts.heads() ?? [])].flatMap(([contactId]) => {
    const contact = books?.contacts.get(contactId);
    return contact ? [{ id: contact.id, name: contact.name, status: contact.status }] : [];
  });
}

/** Makes an archived contact active again, as a person in Xero does. */
export const restoreContact = (world: ProductWorld, contactId: string): void =>
  setStatus(world, contactId, "ACTIVE");

/** Archives a contact, as a person in Xero does. */
export const archiveContact = (world: ProductWorld, contactId: string): void =>
  setStatus(world, contactId, "ARCHIVED");

function setStatus({ sandbox }: ProductWorld, contactId: string, status: "ACTIVE" | "ARCHIVED"): void {
  const contacts = xeroRecords(sandbox.context).books(TIDEWATER_TENANT_ID)?.contacts;
  const contact = contacts?.get(contactId);
  if (!contacts || !contact) throw new Error("there is no such contact");
  contacts.put({ ...contact, status, updatedMs: sandbox.context.clock.now().getTime() });
}
