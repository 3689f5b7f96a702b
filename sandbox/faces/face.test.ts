import { request as openRequest } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { TIDEWATER_TENANT_ID } from "@/sandbox/seed/xero-organisation";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { connectXero } from "@/sandbox/xero/test-client";
import { linkNamed, visit } from "./test-pages";

const SETTINGS = `/xero/books/${TIDEWATER_TENANT_ID}/settings`;

let sandbox: RunningSandbox;
const start = async (admin: boolean) => {
  sandbox = await startSandbox({ port: 0, limitSpeed: 1_000, admin });
  return visit(sandbox.origin);
};
afterEach(() => sandbox.stop());

it("without the admin API there is no face, and the vendors' own addresses answer", async () => {
  const pages = await start(false);
  for (const path of ["/xero", "/xero/calls", "/xero/face.css", "/zoho", SETTINGS, "/zoho/calls"])
    expect(await pages.get(path)).toMatchObject({ status: 404 });
  expect(await pages.post(`${SETTINGS}/lock-dates`, { periodLockDate: "2026-01-01" })).toMatchObject({
    status: 404,
  });
  expect((await connectXero(sandbox.origin)).tokens.access_token).not.toBe("");
});

describe("with the admin API", () => {
  it("the vendors' own addresses still answer beside the pages", async () => {
    await start(true);
    const xero = await connectXero(sandbox.origin);
    expect((await xero.call("GET", "/Organisation")).status).toBe(200);
    const zoho = await fetch(`${sandbox.origin}/zoho/eu/api/books/v3/invoices`);
    expect(zoho.status).toBe(401);
  });

  it("a form of another origin changes nothing", async () => {
    const pages = await start(true);
    const before = (await pages.get(SETTINGS)).text;
    const form = { periodLockDate: "2026-01-01" };
    const senders: readonly Record<string, string>[] = [
      { origin: "https://evil.test" },
      { origin: "null" },
      { origin: sandbox.origin, "sec-fetch-site": "cross-site" },
      { origin: sandbox.origin.replace("localhost", "127.0.0.1") },
      {},
    ];
    for (const headers of senders)
      expect(await pages.post(`${SETTINGS}/lock-dates`, form, headers)).toMatchObject({ status: 403 });
    expect((await pages.get(SETTINGS)).text.includes("1 Jan 2026")).toBe(before.includes("1 Jan 2026"));
    expect(before).not.toContain("1 Jan 2026");
  });

  it("a name that someone else points at this machine is another origin", async () => {
    await start(true);
    const { port } = new URL(sandbox.origin);
    const host = `evil.test:${port}`;
    const status = await new Promise<number>((resolve, reject) => {
      const sent = openRequest(
        `${sandbox.origin}${SETTINGS}/lock-dates`,
        { method: "POST", headers: { host, origin: `http://${host}` } },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        },
      );
      sent.once("error", reject);
      sent.end("periodLockDate=2026-01-01");
    });
    expect(status).toBe(403);
  });

  it("what a client wrote is text on the page, never markup", async () => {
    const pages = await start(true);
    const xero = await connectXero(sandbox.origin);
    const text = `<script>alert("x")</script> & 'Sons'`;
    await xero.create("Invoices", { Type: "ACCREC", Contact: { Name: "Ann" }, Reference: text });
    const list = await pages.get(`/xero/books/${TIDEWATER_TENANT_ID}/invoices?q=%3Cscript%3E`);
    expect(list.text).toContain("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;Sons&#39;");
    expect(list.text).not.toContain("<script");
  });

  it("every call is listed with caller, operation, status and tenant, and can be narrowed", async () => {
    const pages = await start(true);
    const xero = await connectXero(sandbox.origin);
    await xero.call("GET", "/Organisation");
    await xero.call("GET", "/Invoices/00000000-0000-0000-0000-000000000000");
    const { text } = await pages.get("/xero/calls");
    expect(text).toContain("4 calls, the newest first");
    expect(text).toContain("GET /Invoices/{id}");
    expect(text).toContain(TIDEWATER_TENANT_ID);
    expect((await pages.get("/xero/calls?outcome=404")).text).toContain("1 calls");
    expect((await pages.get("/xero/calls?path=organisation&outcome=200")).text).toContain("1 calls");
    expect((await pages.get("/xero/calls?caller=nobody")).text).toContain("No call matches.");
    expect((await pages.get("/zoho/calls")).text).toContain("No call has come in.");
  });

  it("the pages themselves are in no call log", async () => {
    const pages = await start(true);
    await pages.get("/xero");
    linkNamed(await pages.get("/zoho"), "API calls");
    expect(sandbox.callLog.entries()).toEqual([]);
  });

  it("an address that nothing has is a page that says so", async () => {
    const pages = await start(true);
    for (const path of ["/xero/books/nobody", `${SETTINGS}/x`, `/xero/books/${TIDEWATER_TENANT_ID}/nothing`])
      expect(await pages.get(path)).toMatchObject({ status: 404 });
    expect(await pages.get("/xero/else")).toMatchObject({ status: 404, text: "Not found" });
  });
});
