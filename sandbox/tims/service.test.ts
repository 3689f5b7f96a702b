import { beforeEach, describe, expect, test } from "vitest";
import { createMemoryContext } from "@/sandbox/kit/context";
import type { SandboxRequest, SandboxService } from "@/sandbox/kit/types";
import { seedTimsCompany } from "@/sandbox/seed/tims-company";
import { openTimsBooks } from "./open-books";
import { createTimsService } from "./service";
import { TIMS_SWITCHES } from "./switches";
import { TIMS_CLIENT } from "./tokens";
import { TIMS_COMPANY_ID } from "./type-in";

/** The simulated TIMS by plain calls, without the connector. */
let context: Awaited<ReturnType<typeof createMemoryContext>>;
let service: SandboxService;
let token: string;

beforeEach(async () => {
  context = await createMemoryContext(TIMS_SWITCHES);
  service = createTimsService(context);
  seedTimsCompany(context);
  token = (await askToken()).json.access_token;
});

async function send(
  method: string,
  path: string,
  options: { body?: string; headers?: Record<string, string> } = {},
) {
  const url = new URL(path, "http://localhost");
  const request: SandboxRequest = {
    ...{ method, path: url.pathname, query: url.searchParams },
    headers: { authorization: `Bearer ${token}`, "x-company-id": TIMS_COMPANY_ID, ...options.headers },
    body: Buffer.from(options.body ?? ""),
  };
  const { status, body, headers } = await service.handle(request);
  return { status, headers, json: JSON.parse(String(body)) };
}

const askToken = (secret: string = TIMS_CLIENT.clientSecret) =>
  send("POST", "/oauth/token", {
    body: new URLSearchParams({
      ...{ grant_type: "client_credentials", client_id: TIMS_CLIENT.clientId, client_secret: secret },
    }).toString(),
  });

const get = (path: string) => send("GET", `/api/v1${path}`);
const post = (path: string, body: object) => send("POST", `/api/v1${path}`, { body: JSON.stringify(body) });

describe("a call", () => {
  test("needs a token of a known client, and a company that is its own", async () => {
    expect((await askToken("wrong")).status).toBe(401);
    expect((await send("GET", "/api/v1/customers", { headers: { authorization: "" } })).status).toBe(401);
    expect((await send("GET", "/api/v1/customers", { headers: { "x-company-id": "OTHER" } })).status).toBe(
      403,
    );
    expect((await get("/companies")).json.data).toHaveLength(1);
    expect((await get("/nowhere")).status).toBe(404);
  });

  test("beyond 120 a minute is refused with the time to come back", async () => {
    for (let count = 0; count < 120; count += 1) await get("/customers");
    const refused = await get("/customers");
    expect(refused.status).toBe(429);
    expect(Number(refused.headers?.["retry-after"])).toBeGreaterThan(0);
  });
});

describe("a list", () => {
  test("is paged by page or offset, oldest change first", async () => {
    const second = (await get("/inventory/items?page=2&pageSize=4")).json;
    const byOffset = (await get("/inventory/items?offset=4&pageSize=4")).json;
    expect(second).toMatchObject({ totalRecords: 10, hasMore: true });
    expect(byOffset.data).toEqual(second.data);
    expect((await get("/inventory/items?page=3&pageSize=4")).json).toMatchObject({ hasMore: false });
    const orders = (await get("/salesorders")).json.data.map(
      ({ modifiedOn }: { modifiedOn: string }) => modifiedOn,
    );
    expect(orders).toEqual([...orders].sort());
  });

  test("since a time holds what changed at that time or later, and filters by fields", async () => {
    const all = (await get("/customers")).json.data;
    expect((await get(`/customers?modifiedSince=${all[0].modifiedOn}`)).json.totalRecords).toBe(all.length);
    expect((await get("/customers?modifiedSince=2030-01-01T00:00:00Z")).json.totalRecords).toBe(0);
    expect((await get("/customers?name=exmoor gates %26 railings")).json.data).toHaveLength(1);
    expect((await get("/customers?ids=C100,C101")).json.data).toHaveLength(2);
  });

  test.each(["number", "text"])("states amounts as %s where tims.amounts says so", async (position) => {
    context.switches.set("tims.amounts", position);
    const [item] = (await get("/inventory/items?sku=OXY-K")).json.data;
    expect(item.salesPrice).toBe(position === "text" ? "38.5" : 38.5);
  });
});

test("the quantity of an item is what is on hand, allocated and available", async () => {
  expect((await get("/inventory/items/REG-OXY/quantity")).json.data).toMatchObject({
    ...{ sku: "REG-OXY", quantityOnHand: 2, quantityAllocated: 0, quantityAvailable: 2 },
  });
  expect((await get("/inventory/items/NONE/quantity")).status).toBe(404);
});

describe("a payment on a receivable", () => {
  const open = async () => {
    const { data } = (await get("/accounts/receivable/invoices?status=Open")).json;
    return data[0];
  };

  test("lowers what is open, once for an external id, and never beyond it", async () => {
    const { invoiceId, balance } = await open();
    const path = `/accounts/receivable/invoices/${invoiceId}/payments`;
    const payment = { date: "2026-08-30", amount: 10, externalId: "T-1" };
    expect((await post(path, payment)).status).toBe(201);
    expect((await post(path, payment)).json.error.code).toBe("DUPLICATE_EXTERNAL_ID");
    expect((await post(path, { ...payment, externalId: "T-2", amount: balance })).json.error.code).toBe(
      "OVERPAYMENT",
    );
    expect((await get(`/accounts/receivable/invoices/${invoiceId}`)).json.data.balance).toBeCloseTo(
      balance - 10,
      2,
    );
  });

  test("is taken by no closed period, and gives the balance back when it is voided", async () => {
    const { invoiceId, balance } = await open();
    const path = `/accounts/receivable/invoices/${invoiceId}/payments`;
    expect((await post(path, { date: "2026-05-01", amount: 10 })).json.error.code).toBe("PERIOD_CLOSED");
    const { paymentId } = (await post(path, { date: "2026-08-30", amount: 10 })).json.data;
    expect((await post(`/accounts/receivable/payments/${paymentId}/void`, {})).status).toBe(200);
    expect((await post(`/accounts/receivable/payments/${paymentId}/void`, {})).json.error.code).toBe(
      "ALREADY_VOID",
    );
    expect((await get(`/accounts/receivable/invoices/${invoiceId}`)).json.data.balance).toBe(balance);
  });
});

test("the seeded company ties out: what is open of each receivable and bill is its total less its payments", () => {
  const books = openTimsBooks(context);
  for (const [documents, payments, key] of [
    ["invoices", "receipts", "invoiceId"],
    ["bills", "disbursements", "billId"],
  ] as const) {
    const paid = new Map<string, number>();
    for (const [id] of books.table(payments).heads()) {
      const applications = books.table(payments).get(id)?.applications;
      for (const one of Array.isArray(applications) ? applications : [])
        paid.set(String(one[key]), (paid.get(String(one[key])) ?? 0) + Number(one.amount));
    }
    for (const [id] of books.table(documents).heads()) {
      const row = books.table(documents).get(id);
      expect(Number(row?.balance), `${documents} ${id}`).toBeCloseTo(
        Number(row?.total) - (paid.get(id) ?? 0),
        2,
      );
    }
  }
});
