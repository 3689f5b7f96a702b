/** The contact that a document is for, as every kind of document checks it. */
import { err, ok, type Result } from "@/lib/kernel/result";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { type BooksCall, refuseMissing } from "../answers";
import type { StoredContact } from "../records";
import { refuseBy } from "./refusals";

/**
 * The customer or vendor of a new document. An inactive one is refused for new documents only, and a contact
 * of the other kind does not exist for it.
 */
export function readParty(
  call: BooksCall,
  party: "vendor" | "customer",
  id: string,
  previousId: string | undefined,
): Result<StoredContact, SandboxResponse> {
  const contact = call.books.contacts.head(id);
  if (contact === undefined || contact.type !== party)
    return err(refuseMissing(call.context, party === "vendor" ? "Vendor" : "Customer"));
  if (!contact.active && id !== previousId) return err(refuseBy("inactiveContact"));
  return ok(contact);
}
