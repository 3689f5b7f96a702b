/** The small calls that change one part of a document: an address, its custom fields, and sending it by mail. */
import type { SandboxResponse } from "@/sandbox/kit/types";
import { type BooksCall, refuseValue, succeedWriting } from "../answers";
import { address, parseInput } from "../input";
import { appliedFields } from "./document-body";
import { findDocument } from "./document-calls";
import { mergeFields } from "./document-input";
import type { DocumentKind } from "./document-kind";
import { documentAddress } from "./document-wire";
import type { TradeState } from "./records";

type Handle = (call: BooksCall) => SandboxResponse;

/** PUT /{documents}/{id}/address/{billing or shipping} */
export function createAddressCall(
  kind: DocumentKind,
  which: "billing" | "shipping",
  message: string,
  answersAddress: boolean,
): Handle {
  return (call) => {
    const found = findDocument(kind, call);
    if (!found.ok) return found.error;
    const body = parseInput(address, call.input);
    if (!body.ok) return refuseValue(body.error);
    const { id, document } = found.value;
    const changed = { ...document[which], ...body.value };
    kind.table(call.books).put(id, { ...document, [which]: changed, modified: call.books.stamp() });
    return succeedWriting(answersAddress ? { [`${which}_address`]: documentAddress(changed) } : {}, message);
  };
}

/** PUT /{document}/{id}/customfields */
export function createFieldsCall(kind: DocumentKind): Handle {
  return (call) => {
    const found = findDocument(kind, call);
    if (!found.ok) return found.error;
    const body = parseInput(appliedFields, call.input);
    if (!body.ok) return refuseValue(body.error);
    const { id, document } = found.value;
    const customFields = mergeFields(document.customFields, body.value);
    kind.table(call.books).put(id, { ...document, customFields, modified: call.books.stamp() });
    return succeedWriting({}, "Custom Fields Updated Successfully");
  };
}

/** POST /{documents}/{id}/email: no mail leaves the sandbox, but a draft that was sent is one no longer. */
export function createEmailCall(
  kind: DocumentKind,
  message: string,
  status: number,
  sentState: TradeState,
): Handle {
  return (call) => {
    const found = findDocument(kind, call);
    if (!found.ok) return found.error;
    const { id, document } = found.value;
    kind.table(call.books).put(id, {
      ...document,
      emailed: true,
      state: document.state === "draft" ? sentState : document.state,
      modified: call.books.stamp(),
    });
    return succeedWriting({}, message, status);
  };
}
