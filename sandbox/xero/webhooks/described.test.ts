import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { XERO_WEBHOOK_KEY } from "@/sandbox/addresses";
import { type Receiver, startReceiver } from "@/sandbox/kit/test-receiver";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { checkXeroWebhook } from "@/tests/specifications/check-webhook";
import { hasReference } from "@/tests/specifications/reference";
import { anInvoice, connectXero } from "../test-client";
import { signBody } from "./event";

let sandbox: RunningSandbox;
let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
  receiver.answerWith(({ headers, body }) => ({
    status: headers["x-xero-signature"] === signBody(body, XERO_WEBHOOK_KEY) ? 200 : 401,
  }));
  sandbox = await startSandbox({ port: 0, limitSpeed: 1_000, admin: true });
});
afterEach(async () => {
  await sandbox.stop();
  await receiver.close();
});

describe.runIf(hasReference("webhooks as they arrive"))("webhooks as they arrive", () => {
  it("are as Xero describes them", async () => {
    const xero = await connectXero(sandbox.origin);
    await fetch(`${sandbox.origin}/control/xero/webhook`, {
      method: "POST",
      body: JSON.stringify({ url: receiver.origin }),
    });
    receiver.received.length = 0;
    const [contact] = await xero.create("Contacts", { Name: "Ann" });
    await xero.create("Invoices", anInvoice(String(contact?.ContactID)));
    await xero.create("CreditNotes", {
      ...anInvoice(String(contact?.ContactID)),
      ...{ Type: "ACCRECCREDIT", DueDate: undefined },
    });
    await sandbox.deliveries().settled();
    const bodies = receiver.received.map(({ body }) => JSON.parse(body));
    expect(bodies.flatMap(({ events }) => events)).toHaveLength(3);
    for (const body of bodies) expect(checkXeroWebhook(body)).toEqual([]);
  });
});
