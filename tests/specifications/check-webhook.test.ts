import { describe, expect, it } from "vitest";
import { WEBHOOK_CATEGORIES, webhookBody } from "@/sandbox/xero/webhooks/event";
import { checkXeroWebhook } from "./check-webhook";
import { hasReference } from "./reference";

const EVENT = {
  resourceUrl: "https://api.xero.com/api.xro/2.0/Contacts/717f2bfc-c6d4-41fd-b238-3f2f0c0cf777",
  resourceId: "717f2bfc-c6d4-41fd-b238-3f2f0c0cf777",
  eventDateUtc: "2026-06-21T01:15:39.902",
  eventType: "UPDATE",
  eventCategory: "CONTACT",
  tenantId: "5c1d3a60-7b0e-4f5a-9a51-0d8e5f1c7a01",
  tenantType: "ORGANISATION",
};
const bodyOf = (...events: object[]) => ({
  events,
  lastEventSequence: 1,
  firstEventSequence: 1,
  entropy: "S0M3R4ND0M",
});

describe.runIf(hasReference("Xero's webhooks against their description"))("a webhook's body", () => {
  it("may name what changed, prepayments and overpayments among them", () => {
    expect(checkXeroWebhook(bodyOf(EVENT, { ...EVENT, eventCategory: "OVERPAYMENT" }))).toEqual([]);
    expect(checkXeroWebhook({ ...bodyOf(), events: [] })).toEqual([]);
  });

  it("is described whatever the sandbox tells of, several kinds at once", () => {
    const events = WEBHOOK_CATEGORIES.map((category, index) => ({
      sequence: index + 1,
      atMs: Date.parse("2026-06-21T01:15:39.902Z"),
      category,
      type: "CREATE" as const,
      resourceUrl: EVENT.resourceUrl,
      resourceId: EVENT.resourceId,
      tenantId: EVENT.tenantId,
      ...(category === "CREDITNOTE" ? { data: { Type: "ACCRECCREDIT", Status: "AUTHORISED" } } : {}),
    }));
    expect(checkXeroWebhook(JSON.parse(webhookBody(events, "ABCDEFGHIJ")))).toEqual([]);
  });

  it("may not hold another category, another field or no sequence", () => {
    expect(checkXeroWebhook(bodyOf({ ...EVENT, eventCategory: "PAYMENT" }))).not.toEqual([]);
    expect(checkXeroWebhook(bodyOf({ ...EVENT, type: "ACCREC" }))).toEqual(["events[].type is unknown"]);
    const { lastEventSequence: _, ...without } = bodyOf(EVENT);
    expect(checkXeroWebhook(without)).toEqual([" must have required property 'lastEventSequence'"]);
  });

  it("carries type and status of a credit note", () => {
    const note = { ...EVENT, eventCategory: "CREDITNOTE", data: { Type: "ACCPAYCREDIT", Status: "DRAFT" } };
    expect(checkXeroWebhook(bodyOf(note))).toEqual([]);
    expect(checkXeroWebhook(bodyOf({ ...note, data: { Type: "ACCPAYCREDIT" } }))).not.toEqual([]);
  });
});
