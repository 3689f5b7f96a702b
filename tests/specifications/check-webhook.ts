/** Checks what the simulated Xero sends to a subscriber against Xero's description of its webhooks. */
import { invariant } from "@/lib/kernel/invariant";
import { descriptionOf } from "./apis";
import { isNode, listAt, textAt } from "./json";

/** What a body holds that Xero does not describe; events of credit notes carry data of their own. */
export function checkXeroWebhook(body: unknown): string[] {
  const isOfCreditNote = (event: unknown) => textAt(event, "eventCategory") === "CREDITNOTE";
  const events = listAt(body, "events");
  const rest = { ...(isNode(body) ? body : {}), events: events.filter((event) => !isOfCreditNote(event)) };
  const notes = { ...rest, events: events.filter(isOfCreditNote) };
  return [...check("/contacts", rest), ...(notes.events.length === 0 ? [] : check("/creditNotes", notes))];
}

function check(webhook: string, body: unknown): string[] {
  const description = descriptionOf("xero-webhooks");
  const schema = description.find("POST", webhook)?.request.get("application/json");
  invariant(schema !== undefined && schema !== null, "Xero describes the body of its webhooks");
  return description.check(schema, body);
}
