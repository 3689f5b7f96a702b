import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { seededRandom } from "@/sandbox/kit/faults";
import { webhookBody } from "@/sandbox/xero/webhooks/event";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { openCompany } from "./company";
import {
  base64Signature,
  hexSignature,
  openWebhookAddress,
  post,
  type WebhookAddress,
} from "./webhook-address";

/**
 * The webhook route over real HTTP: what a vendor signed is stored once, and nothing else is let in, whatever the body.
 */
const JSON_TYPE = "application/json";
const XERO_HEADER = "x-xero-signature";
const ZOHO_HEADER = "x-zoho-webhook-signature";
const MUTATIONS = 1_000;

let world: ProductWorld;
let web: WebhookAddress;
let access: WorkspaceAccess;
let zoho: { connectionId: string; url: string; secret: string };
let xero: { connectionId: string; tenantId: string; url: string; key: string };

beforeAll(async () => {
  world = await startProductWorld();
  web = await openWebhookAddress();
  access = await openCompany(world);
  const [{ createWebhook }, { getRuntime }] = await Promise.all([
    import("@/lib/operations/notices/create-webhook"),
    import("@/lib/operations/runtime"),
  ]);
  const runtime = await getRuntime();
  const rows = await runtime.database.withWorkspace(access.workspaceId, (tx) => tx.connection.findMany());
  const find = (connectorId: string) => rows.find((row) => row.connectorId === connectorId);
  const zohoId = find("zoho-books")?.id ?? "";
  const made = await createWebhook(access, zohoId);
  if (!made.ok) throw new Error(made.error.message);
  zoho = { connectionId: zohoId, url: onRoute(made.value.url), secret: made.value.secret };
  xero = {
    connectionId: find("xero")?.id ?? "",
    tenantId: find("xero")?.tenantId ?? "",
    url: `${web.origin}/api/webhooks/xero/app`,
    key: runtime.webhookKeys.get("xero") ?? "",
  };
});

beforeEach(async () => {
  const { database } = await runtimeOf();
  await database.withWorkspace(access.workspaceId, async (tx) => {
    await tx.inboxMessage.deleteMany();
    await tx.changeNotice.deleteMany();
    await tx.outboxEvent.deleteMany();
  });
});

afterAll(async () => {
  await web.stop();
  await world.stop();
});

const onRoute = (url: string): string => `${web.origin}${new URL(url).pathname}`;

async function runtimeOf() {
  const { getRuntime } = await import("@/lib/operations/runtime");
  return getRuntime();
}

/** What is stored: bodies, notices as "connection type id", and events. */
async function stored() {
  const { database } = await runtimeOf();
  return database.withWorkspace(access.workspaceId, async (tx) => ({
    bodies: (await tx.inboxMessage.findMany()).map((row) => Buffer.from(row.body).toString("utf8")),
    notices: (await tx.changeNotice.findMany())
      .map((row) => `${row.connectionId} ${row.recordType} ${row.externalId}`)
      .sort(),
    events: await tx.outboxEvent.count({ where: { name: "sync/notice.received" } }),
  }));
}
const NOTHING = { bodies: [], notices: [], events: 0 };

const INVOICE_ID = "243216c5-369e-4056-ac67-05388f86dc81";
let sequence = 0;

function xeroBody(tenantId = xero.tenantId): string {
  sequence += 1;
  const event = { category: "INVOICE", type: "CREATE", resourceUrl: "https://api.xero.com/x" } as const;
  return webhookBody(
    [{ ...event, sequence, atMs: 1_700_000_000_000, resourceId: INVOICE_ID, tenantId }],
    "ABCDEF",
  );
}
const sendXero = (body: string | Uint8Array<ArrayBuffer>, signature = base64Signature(xero.key, body)) =>
  post(xero.url, body, { "content-type": JSON_TYPE, [XERO_HEADER]: signature });
const zohoBody = (id = "4600000000123", more: object = {}): string =>
  JSON.stringify({ invoice: { invoice_id: id, ...more } });
const sendZoho = (body: string | Uint8Array<ArrayBuffer>, signature: string, url = zoho.url) =>
  post(url, body, { "content-type": JSON_TYPE, [ZOHO_HEADER]: signature });

describe("Xero's address", () => {
  it("stores what Xero signed: the body, a notice and the event that tells of it", async () => {
    const body = xeroBody();
    expect(await sendXero(body)).toBe(200);
    expect(await stored()).toEqual({
      bodies: [body],
      // Xero says the same of an invoice and of a bill.
      notices: [`${xero.connectionId}  ${INVOICE_ID}`],
      events: 1,
    });
  });

  it("stores a repetition once, also when both come in the same moment", async () => {
    const body = xeroBody();
    const all = await Promise.all(Array.from({ length: 10 }, () => sendXero(body)));
    expect(all).toEqual(Array(10).fill(200));
    expect((await stored()).bodies).toHaveLength(1);
    expect((await stored()).events).toBe(1);
  });

  it("tells of a burst by one event as long as that one waits to be sent, and by another one afterwards", async () => {
    const { database, clock } = await runtimeOf();
    const waiting = await database.withWorkspace(access.workspaceId, async (tx) => {
      const { id: pairId } = await tx.pair.findFirstOrThrow();
      const { workspaceId } = access;
      return tx.outboxEvent.create({
        data: { workspaceId, name: "sync/notice.received", data: { workspaceId, pairId } },
      });
    });
    expect(await sendXero(xeroBody())).toBe(200);
    expect(await stored()).toMatchObject({ notices: [expect.any(String)], events: 1 });
    await database.system.markOutboxEventsSent([waiting.id], clock.now());
    expect(await sendXero(xeroBody())).toBe(200);
    expect(await stored()).toMatchObject({ notices: [expect.any(String), expect.any(String)], events: 2 });
  });

  it("passes the intent to receive: 200 for a right signature, 401 for a wrong one, and stores neither", async () => {
    const probe = webhookBody([], "QWERTY");
    expect(await sendXero(probe)).toBe(200);
    expect(await sendXero(probe, base64Signature("another key", probe))).toBe(401);
    expect(await stored()).toEqual(NOTHING);
  });

  it("refuses a signature that is missing, empty, cut off, or of another encoding", async () => {
    const body = xeroBody();
    const right = base64Signature(xero.key, body);
    for (const wrong of ["", right.slice(0, -1), `${right}=`, hexSignature(xero.key, body), "é".repeat(9)])
      expect(await sendXero(body, encodeURIComponent(wrong))).toBe(401);
    expect(await post(xero.url, body, { "content-type": JSON_TYPE })).toBe(401);
    expect(await stored()).toEqual(NOTHING);
  });

  it("keeps nothing of an organisation that nobody has connected, and of what it cannot read", async () => {
    for (const body of [
      xeroBody("11111111-2222-4333-8444-555555555555"),
      "no JSON",
      "[]",
      '{"events":[1,null,{}]}',
    ])
      expect(await sendXero(body)).toBe(200);
    expect(await stored()).toEqual(NOTHING);
  });

  it("lets none of a thousand changed bodies in, and still answers the right one", async () => {
    const right = xeroBody();
    const signature = base64Signature(xero.key, right);
    expect(await sendAll(mutationsOf(right), (body) => sendXero(body, signature))).toEqual([401]);
    expect(await stored()).toEqual(NOTHING);
    expect(await sendXero(right, signature)).toBe(200);
  });

  it("survives a thousand broken bodies that are signed", async () => {
    expect(await sendAll(mutationsOf(xeroBody()), (body) => sendXero(body))).toEqual([200]);
  });
});

describe("a connection's own address", () => {
  it("stores what Zoho Books signed, in hex or base64", async () => {
    expect(await sendZoho(zohoBody("1"), hexSignature(zoho.secret, zohoBody("1")))).toBe(200);
    expect(await sendZoho(zohoBody("2"), base64Signature(zoho.secret, zohoBody("2")))).toBe(200);
    expect((await stored()).notices).toEqual([
      `${zoho.connectionId} invoice 1`,
      `${zoho.connectionId} invoice 2`,
    ]);
  });

  it("takes the pairs of the address into the signature, sorted by name", async () => {
    const body = zohoBody();
    const signed = hexSignature(zoho.secret, `a1b2${body}`);
    expect(await sendZoho(body, signed, `${zoho.url}?b=2&a=1`)).toBe(200);
    expect(await sendZoho(body, signed, `${zoho.url}?b=3&a=1`)).toBe(401);
  });

  it("reads a form, signed by its pairs or by its text", async () => {
    for (const [id, signedText] of [
      ["7", (form: URLSearchParams) => `JSONString${form.get("JSONString")}kindx`],
      ["8", (form: URLSearchParams) => form.toString()],
    ] as const) {
      const form = new URLSearchParams({ kind: "x", JSONString: zohoBody(id) });
      const headers = {
        "content-type": "application/x-www-form-urlencoded",
        [ZOHO_HEADER]: hexSignature(zoho.secret, signedText(form)),
      };
      expect(await post(zoho.url, form.toString(), headers)).toBe(200);
    }
    expect((await stored()).notices).toEqual([
      `${zoho.connectionId} invoice 7`,
      `${zoho.connectionId} invoice 8`,
    ]);
  });

  it("keeps a body once while it waits, and takes the same one as news after it was followed", async () => {
    const body = zohoBody();
    const send = () => sendZoho(body, hexSignature(zoho.secret, body));
    await send();
    await send();
    expect((await stored()).bodies).toHaveLength(1);
    const { database } = await runtimeOf();
    await database.withoutWorkspace((tx) =>
      tx.inboxMessage.updateMany({ data: { processedAt: new Date() } }),
    );
    await send();
    expect((await stored()).bodies).toHaveLength(2);
  });

  it("takes a body that it cannot read as a hint that something changed", async () => {
    const body = "<xml/>";
    expect(await sendZoho(body, hexSignature(zoho.secret, body))).toBe(200);
    expect((await stored()).notices).toEqual([`${zoho.connectionId}  `]);
  });

  it("lets none of a thousand changed bodies in, and survives a thousand broken ones that are signed", async () => {
    const right = zohoBody("4600000000123", { customer_name: "Larch & Söhne", total: 12.5 });
    const signature = hexSignature(zoho.secret, right);
    expect(await sendAll(mutationsOf(right), (body) => sendZoho(body, signature))).toEqual([401]);
    expect(await stored()).toEqual(NOTHING);
    const sign = (body: Uint8Array) => hexSignature(zoho.secret, body);
    expect(await sendAll(mutationsOf(right), (body) => sendZoho(body, sign(body)))).toEqual([200]);
  });

  it("is nobody's when the token is wrong, and takes no unsigned body", async () => {
    const body = zohoBody();
    const signature = hexSignature(zoho.secret, body);
    expect(await sendZoho(body, signature, `${zoho.url}x`)).toBe(404);
    expect(await post(zoho.url, body, { "content-type": JSON_TYPE })).toBe(401);
    expect(await sendZoho(body, hexSignature(xero.key, body))).toBe(401);
  });

  it("refuses the old secret once there is a new one", async () => {
    const { createWebhook } = await import("@/lib/operations/notices/create-webhook");
    const replaced = await createWebhook(access, zoho.connectionId);
    if (!replaced.ok) throw new Error(replaced.error.message);
    const body = zohoBody();
    expect(onRoute(replaced.value.url)).toBe(zoho.url);
    expect(await sendZoho(body, hexSignature(zoho.secret, body))).toBe(401);
    expect(await sendZoho(body, hexSignature(replaced.value.secret, body))).toBe(200);
    zoho = { ...zoho, secret: replaced.value.secret };
  });
});

describe("any address", () => {
  it("takes no body above a megabyte, whether it says its length or not", async () => {
    const long = Buffer.alloc(1_000_001, 0x20);
    expect(await sendXero(Uint8Array.from(long))).toBe(413);
    const stream = new ReadableStream({
      pull(controller) {
        controller.enqueue(Uint8Array.from(long));
        controller.close();
      },
    });
    const answer = await fetch(xero.url, {
      method: "POST",
      body: stream,
      headers: { [XERO_HEADER]: base64Signature(xero.key, long) },
      duplex: "half",
    } as RequestInit);
    expect(answer.status).toBe(413);
    expect(await stored()).toEqual(NOTHING);
  });

  it("is unknown for another connector and for a second address of the app", async () => {
    const body = xeroBody();
    for (const path of ["xero/other", "timesolv/app", "zoho-books/app", "__proto__/app"])
      expect(
        await post(`${web.origin}/api/webhooks/${path}`, body, {
          "content-type": JSON_TYPE,
          [XERO_HEADER]: base64Signature(xero.key, body),
        }),
      ).toBe(404);
  });

  it("is nobody's once the connection is ended", async () => {
    const { disconnect } = await import("@/lib/operations/connections/disconnect");
    await disconnect(access, zoho.connectionId);
    const body = zohoBody();
    expect(await sendZoho(body, hexSignature(zoho.secret, body))).toBe(404);
    expect(await stored()).toEqual(NOTHING);
  });
});

const SENT_AT_ONCE = 20;

/** Every status that came back, each once. */
async function sendAll(
  bodies: readonly Uint8Array<ArrayBuffer>[],
  send: (body: Uint8Array<ArrayBuffer>) => Promise<number>,
): Promise<number[]> {
  const seen = new Set<number>();
  for (let start = 0; start < bodies.length; start += SENT_AT_ONCE)
    for (const status of await Promise.all(bodies.slice(start, start + SENT_AT_ONCE).map(send)))
      seen.add(status);
  return [...seen];
}

/** Different from the original each, by a change of some bytes; the same in every run. */
function mutationsOf(text: string): Uint8Array<ArrayBuffer>[] {
  const random = seededRandom(7);
  const original = Buffer.from(text, "utf8");
  const pick = (below: number): number => Math.floor(random() * below);
  const changed = (): Buffer => {
    const at = pick(original.length);
    const byte = Buffer.from([pick(256)]);
    switch (pick(5)) {
      case 0:
        return Buffer.concat([original.subarray(0, at), byte, original.subarray(at + 1)]);
      case 1:
        return Buffer.concat([original.subarray(0, at), byte, original.subarray(at)]);
      case 2:
        return original.subarray(0, at);
      case 3:
        return Buffer.concat([original, original.subarray(at)]);
      default:
        return Buffer.concat([original.subarray(0, at), original.subarray(at + 1 + pick(20))]);
    }
  };
  const mutations: Uint8Array<ArrayBuffer>[] = [];
  while (mutations.length < MUTATIONS) {
    const body = changed();
    if (!body.equals(original)) mutations.push(Uint8Array.from(body));
  }
  return mutations;
}
