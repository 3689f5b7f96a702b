import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { createStore } from "@/sandbox/kit/store";
import type { SandboxRequest, SandboxResponse } from "@/sandbox/kit/types";
import { HARBOUR_TENANT_ID } from "@/sandbox/seed/xero-organisation";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { connectXero, type TestClient, type XeroReply } from "../test-client";
import { createIdempotencyKeys } from "./idempotency";

const SIX_MINUTES_MS = 6 * 60_000;

describe("a key", () => {
  const request = (fields: Partial<SandboxRequest> = {}): SandboxRequest => ({
    method: "PUT",
    path: "/xero/api/api.xro/2.0/Invoices",
    query: new URLSearchParams(),
    headers: { "idempotency-key": "k-1" },
    body: Buffer.from("{}"),
    ...fields,
  });
  const openKeys = async () => {
    const keys = createIdempotencyKeys(await createStore({ dir: null }));
    let runs = 0;
    return {
      runs: () => runs,
      once: (
        fields: Partial<SandboxRequest> = {},
        more: { nowMs?: number; tenant?: string; status?: number } = {},
      ) =>
        keys.once(
          { clientId: "app", tenant: more.tenant ?? "t-1", request: request(fields), nowMs: more.nowMs ?? 0 },
          async (): Promise<SandboxResponse> => {
            runs += 1;
            return { status: more.status ?? 200, body: `run ${runs}` };
          },
          (message) => ({ status: 400, body: message }),
        ),
    };
  };
  const bodyOf = ({ body }: SandboxResponse): string => String(body);

  it.each([200, 400, 404, 413, 500, 503])("keeps an answer of %d and gives it again", async (status) => {
    const { once, runs } = await openKeys();
    const first = await once({}, { status });
    const again = await once({}, { status: 200 });
    expect([again.status, bodyOf(again)]).toEqual([status, bodyOf(first)]);
    expect(runs()).toBe(1);
  });

  it.each<[string, Partial<SandboxRequest>, string | undefined]>([
    ["another body", { body: Buffer.from("{ }") }, undefined],
    ["another address", { path: "/xero/api/api.xro/2.0/Contacts" }, undefined],
    ["another method", { method: "POST" }, undefined],
    ["another query", { query: new URLSearchParams("unitdp=4") }, undefined],
    ["another organisation", {}, "t-2"],
  ])("is refused with %s", async (_, fields, tenant) => {
    const { once, runs } = await openKeys();
    await once();
    const other = await once(fields, tenant === undefined ? {} : { tenant });
    expect([other.status, bodyOf(other)]).toEqual([
      400,
      "Idempotency Key k-1 is used with a different request",
    ]);
    expect(runs()).toBe(1);
  });

  it("is forgotten after six minutes and not before", async () => {
    const { once, runs } = await openKeys();
    await once();
    await once({}, { nowMs: SIX_MINUTES_MS - 1 });
    expect(runs()).toBe(1);
    await once({}, { nowMs: SIX_MINUTES_MS });
    expect(runs()).toBe(2);
  });

  it("makes a repeat wait for the first answer", async () => {
    const { once, runs } = await openKeys();
    const [first, second] = await Promise.all([once(), once()]);
    expect(bodyOf(second)).toBe(bodyOf(first));
    expect(runs()).toBe(1);
  });

  it("may have 128 characters and no more", async () => {
    const { once, runs } = await openKeys();
    expect((await once({ headers: { "idempotency-key": "k".repeat(128) } })).status).toBe(200);
    const long = await once({ headers: { "idempotency-key": "k".repeat(129) } });
    expect([long.status, bodyOf(long)]).toEqual([400, "Idempotency Key must be at most 128 characters."]);
    expect(runs()).toBe(1);
  });

  it.each<Partial<SandboxRequest>>([
    { method: "GET" },
    { method: "DELETE" },
    { headers: {} },
    { headers: { "idempotency-key": "" } },
  ])("has no part in %j", async (fields) => {
    const { once, runs } = await openKeys();
    await once(fields);
    await once(fields);
    expect(runs()).toBe(2);
  });
});

describe("Idempotency-Key", () => {
  let sandbox: RunningSandbox;
  let xero: TestClient;
  beforeEach(async () => {
    sandbox = await startSandbox({ port: 0, clock: createFrozenClock("2026-06-01T09:00:00Z") });
    xero = await connectXero(sandbox.origin);
  });
  afterEach(() => sandbox.stop());
  const put = (
    name: string,
    options: { tenant?: string; query?: Record<string, string> } = {},
  ): Promise<XeroReply> =>
    xero.call("PUT", "/Contacts", {
      body: { Name: name },
      headers: { "idempotency-key": "k-1" },
      ...options,
    });

  it("says which key was used twice, in a PostDataInvalidException", async () => {
    await put("Ann");
    expect(await put("Bob")).toMatchObject({
      status: 400,
      json: {
        Type: "PostDataInvalidException",
        Message: "Idempotency Key k-1 is used with a different request",
      },
    });
  });

  it("belongs to the app and not to one organisation", async () => {
    await connectXero(sandbox.origin, { tenant: HARBOUR_TENANT_ID });
    await put("Ann");
    expect((await put("Ann", { tenant: HARBOUR_TENANT_ID })).status).toBe(400);
  });

  it("keeps what a batch with a bad element answered, and saves nothing again", async () => {
    const query = { summarizeErrors: "false" };
    const first = await put("<bad>", { query });
    const again = await put("<bad>", { query });
    expect(again.text).toBe(first.text);
    expect(again.headers.get("x-minlimit-remaining")).toBe("58");
  });

  it("fails every call that has one while its store is down, and no other", async () => {
    sandbox.context.switches.set("xero.idempotency-store", "down");
    expect(await put("Ann")).toMatchObject({
      status: 500,
      json: { Title: "An error occurred", Status: 500 },
    });
    expect((await xero.call("PUT", "/Contacts", { body: { Name: "Ann" } })).status).toBe(200);
    sandbox.context.switches.set("xero.idempotency-store", "up");
    expect((await put("Bob")).status).toBe(200);
  });
});
