/** Approval, mail and addresses of credit notes. No mail leaves the sandbox. */
import type { SandboxResponse } from "@/sandbox/kit/types";
import { type BooksCall, refuseMissing, refuseValue, succeedWriting } from "../answers";
import { address, parseInput } from "../input";
import type { StoredAddress, StoredCreditNote } from "../records";
import { changeCreditNote } from "../settle";
import { documentAddress } from "../trade/document-wire";
import { refuseBy } from "../trade/refusals";

type Handle = (call: BooksCall) => SandboxResponse;

function createMove(from: StoredCreditNote["state"], to: StoredCreditNote["state"], message: string): Handle {
  return (call) => {
    const [noteId = ""] = call.ids;
    const note = call.books.creditNotes.head(noteId);
    if (note === undefined) return refuseMissing(call.context, "Credit Note");
    if (note.state !== from) return refuseBy("approvalNotAwaited");
    changeCreditNote(call.books, noteId, call.books.stamp(), (current) => ({ ...current, state: to }));
    return succeedWriting({}, message);
  };
}

export const submitCreditNote = createMove(
  "draft",
  "pending_approval",
  "The Credit Note has been successfully submitted for approval.",
);
export const approveCreditNote = createMove("pending_approval", "open", "You have approved the Credit Note.");

/** POST /creditnotes/{id}/email */
export function emailCreditNote(call: BooksCall): SandboxResponse {
  return call.books.creditNotes.head(call.ids[0] ?? "") === undefined
    ? refuseMissing(call.context, "Credit Note")
    : succeedWriting({}, "Your creditnote has been sent.");
}

/** PUT /creditnotes/{id}/address/{billing or shipping} */
export function createCreditNoteAddressCall(which: "billing" | "shipping", message: string): Handle {
  return (call) => {
    const [noteId = ""] = call.ids;
    const note = call.books.creditNotes.get(noteId);
    if (note === undefined) return refuseMissing(call.context, "Credit Note");
    const body = parseInput(address, call.input);
    if (!body.ok) return refuseValue(body.error);
    const changed: StoredAddress = { ...note[which], ...body.value };
    changeCreditNote(call.books, noteId, call.books.stamp(), (current) => ({ ...current, [which]: changed }));
    return succeedWriting({ [`${which}_address`]: documentAddress(changed) }, message);
  };
}
