import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { seededRandom } from "@/sandbox/kit/faults";
import { webhookBody } from "@/sandbox/xero/webhooks/event";
import { startBareProduct } from "../setup/bare-product";
import { base64Signature, hexSignature } from "./webhook-address";

/**
 * Ten thousand webhooks that a vendor did not send, the same in every run: bodies changed under a right signature, and
 * signatures changed over a right body. The route handlers themselves refuse each one, throw never, and store nothing.
 */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const XERO_KEY = "a key that Xero signs with";
const STRIPE_SECRET = "whsec_aSecretThatStripeSignsWith";
const ZOHO_SECRET = "ZohoBooksSignsWithThis2026";
const ZOHO_TOKEN = "address-of-one-connection";
const AT_ONCE = 25;

let product: Awaited<ReturnType<typeof startBareProduct>>;

beforeAll(async () => {
  product = await startBareProduct({
    XERO_WEBHOOK_KEY: XERO_KEY,
    STRIPE_SECRET_KEY: "sk_test_nobody",
    STRIPE_WEBHOOK_SECRET: STRIPE_SECRET,
  });
  const { signUp } = await import("@/scripts/main-job/owner");
  const { storeWebhookSecret } = await import("@/lib/operations/notices/webhook-secret");
  const { getRuntime } = await import("@/lib/operations/runtime");
  const runtime = await getRuntime();
  const { workspaceId, userId, userName } = await signUp("olivia@firm.test");
  await runtime.database.withWorkspace(workspaceId, async (tx) => {
    const row = await tx.connection.create({
      data: {
        ...{ workspaceId, connectorId: "zoho-books", tenantId: "t", tenantName: "T", baseCurrency: "GBP" },
        ...{
          status: "active",
          connectedByUserId: userId,
          connectedByName: userName,
          webhookToken: ZOHO_TOKEN,
        },
      },
    });
    await storeWebhookSecret(runtime, tx, { workspaceId, connectionId: row.id }, ZOHO_SECRET);
  });
});
afterAll(() => product.stop());

interface Sent {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}
type Route = (sent: Sent) => Promise<number>;

function request({ body, headers }: Sent): Request {
  return new Request("http://localhost/api/webhooks", {
    method: "POST",
    body: Uint8Array.from(body),
    headers,
  });
}

const vendorRoute =
  (connector: string, endpointToken: string): Route =>
  async (sent) => {
    const { POST } = await import("@/app/api/webhooks/[connector]/[endpointToken]/route");
    return (await POST(request(sent), { params: Promise.resolve({ connector, endpointToken }) })).status;
  };

const stripeRoute: Route = async (sent) => {
  const { POST } = await import("@/app/api/webhooks/stripe/route");
  return (await POST(request(sent))).status;
};

const stripeSignature = (body: Buffer, seconds = Math.floor(Date.now() / 1000)): string =>
  `t=${seconds},v1=${createHmac("sha256", STRIPE_SECRET).update(`${seconds}.`).update(body).digest("hex")}`;

const XERO_EVENT = {
  ...({ category: "INVOICE", type: "UPDATE", resourceUrl: "https://api.xero.com/x" } as const),
  ...{
    sequence: 1,
    atMs: 1_700_000_000_000,
    resourceId: "243216c5-369e-4056-ac67-05388f86dc81",
    tenantId: "t",
  },
};

interface Vendor {
  readonly name: string;
  readonly count: number;
  readonly refusal: number;
  readonly right: Buffer;
  readonly route: Route;
  readonly header: string;
  readonly sign: (body: Buffer) => string;
  /** A signature of the right form that is not this body's. */
  readonly missign: (body: Buffer, pick: (below: number) => number) => string;
}

/** One bit of the signature's own bytes changed, so that it is another one however it is spelt. */
function flipBit(bytes: Buffer, pick: (below: number) => number): Buffer {
  const flipped = Buffer.from(bytes);
  const at = pick(bytes.length);
  flipped[at] = (bytes[at] ?? 0) ^ (1 << pick(8));
  return flipped;
}

const VENDORS: readonly Vendor[] = [
  {
    ...{ name: "Xero", count: 4_600, refusal: 401, header: "x-xero-signature" },
    right: Buffer.from(webhookBody([XERO_EVENT], "ABCDEF")),
    route: vendorRoute("xero", "app"),
    sign: (body) => base64Signature(XERO_KEY, body),
    missign: (body, pick) =>
      flipBit(Buffer.from(base64Signature(XERO_KEY, body), "base64"), pick).toString("base64"),
  },
  {
    ...{ name: "Zoho Books", count: 800, refusal: 401, header: "x-zoho-webhook-signature" },
    right: Buffer.from(JSON.stringify({ invoice: { invoice_id: "4600000000123", total: 12.3 } })),
    route: vendorRoute("zoho-books", ZOHO_TOKEN),
    sign: (body) => hexSignature(ZOHO_SECRET, body),
    missign: (body, pick) =>
      flipBit(Buffer.from(hexSignature(ZOHO_SECRET, body), "hex"), pick).toString("hex"),
  },
  {
    ...{ name: "Stripe", count: 4_600, refusal: 400, header: "stripe-signature" },
    right: Buffer.from(
      JSON.stringify({
        ...{ id: "evt_1", object: "event", type: "invoice.paid", created: 1_700_000_000 },
        data: { object: { id: "in_1", object: "invoice", customer: "cus_1" } },
      }),
    ),
    route: stripeRoute,
    sign: (body) => stripeSignature(body),
    missign: (body, pick) => {
      const [time = "", mac = ""] = stripeSignature(body).split(",v1=");
      // A right signature of another second, an old one, or another one.
      if (pick(3) === 0) return `t=${Number(time.slice(2)) - 1},v1=${mac}`;
      if (pick(2) === 0) return stripeSignature(body, 1_700_000_000);
      return `${time},v1=${flipBit(Buffer.from(mac, "hex"), pick).toString("hex")}`;
    },
  },
];

/** The body with some bytes put in, taken out, doubled or exchanged. */
function mutate(original: Buffer, pick: (below: number) => number): Buffer {
  const at = pick(original.length);
  const bytes = Buffer.from(Array.from({ length: 1 + pick(4) }, () => pick(256)));
  const [before, after] = [original.subarray(0, at), original.subarray(at)];
  const changed = [
    Buffer.concat([before, bytes, after.subarray(bytes.length)]),
    Buffer.concat([before, bytes, after]),
    before,
    Buffer.concat([original, after]),
    Buffer.concat([before, after.subarray(1 + pick(20))]),
    Buffer.concat([after, before]),
  ];
  return changed[pick(changed.length)] ?? before;
}

function forgeries(vendor: Vendor): Sent[] {
  const random = seededRandom(2026);
  const pick = (below: number): number => Math.floor(random() * below);
  const { right, header, sign, missign } = vendor;
  const sent: Sent[] = [];
  const type = { "content-type": "application/json" };
  while (sent.length < vendor.count) {
    const body = pick(4) === 0 ? right : mutate(right, pick);
    const signature = body.equals(right) ? missign(right, pick) : sign(right);
    // Now and then none at all, an empty one, one cut short, or noise.
    const spelt =
      pick(10) > 0
        ? signature
        : ["", signature.slice(0, pick(40)), "v1=,t=", "%00\u00e9", "=".repeat(90)][pick(5)];
    sent.push({ body, headers: spelt === undefined ? type : { ...type, [header]: spelt } });
  }
  return sent;
}

describe.each(VENDORS)("the webhooks of $name", (vendor) => {
  it("takes what is signed", async () => {
    const { right, header, sign, route } = vendor;
    expect(await route({ body: right, headers: { [header]: sign(right) } })).toBe(200);
  });

  it("refuses every forgery by its one status, and stores none of them", async () => {
    const { getRuntime } = await import("@/lib/operations/runtime");
    const { database } = await getRuntime();
    const count = () => database.withoutWorkspace((tx) => tx.inboxMessage.count());
    const before = await count();
    const sent = forgeries(vendor);
    const seen = new Map<number, number>();
    for (let at = 0; at < sent.length; at += AT_ONCE)
      for (const status of await Promise.all(sent.slice(at, at + AT_ONCE).map(vendor.route)))
        seen.set(status, (seen.get(status) ?? 0) + 1);
    expect([...seen]).toEqual([[vendor.refusal, vendor.count]]);
    expect(await count()).toBe(before);
  });
});
