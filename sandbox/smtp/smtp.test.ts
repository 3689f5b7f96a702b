import { createTransport } from "nodemailer";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import type { Answered } from "@/sandbox/xero/test-client";
import { createMails } from "./mails";

let sandbox: RunningSandbox;
beforeEach(async () => {
  const clock = createFrozenClock("2026-05-20T09:00:00Z");
  sandbox = await startSandbox({ port: 0, smtp: { port: 0 }, clock });
});
afterEach(() => sandbox.stop());

const send = (mail: object, auth?: { user: string; pass: string }) =>
  createTransport({ host: sandbox.smtp?.host, port: sandbox.smtp?.port, auth }).sendMail({
    ...{ from: "Tieout <no-reply@tieout.test>", to: "ann@ann.test", subject: "Hello", text: "Hello Ann" },
    ...mail,
  });
const get = (path: string) => fetch(`${sandbox.origin}/smtp${path}`);
const messages = async (query = ""): Promise<Answered[]> => {
  const body: Answered = JSON.parse(await (await get(`/messages${query}`)).text());
  return body.messages;
};

describe("the SMTP sink", () => {
  it("keeps a mail with its envelope, its parts and the sandbox's time", async () => {
    await send({
      ...{ to: "Ann <ann@ann.test>, bob@bob.test", bcc: "eve@eve.test", html: "<p>Hello</p>" },
      ...{ subject: "Sign in – now", attachments: [{ filename: "a.csv", content: "1,2" }] },
    });
    expect(await messages()).toMatchObject([
      {
        receivedAt: "2026-05-20T09:00:00.000Z",
        envelope: { from: "no-reply@tieout.test", to: ["ann@ann.test", "bob@bob.test", "eve@eve.test"] },
        from: { name: "Tieout", address: "no-reply@tieout.test" },
        to: [
          { name: "Ann", address: "ann@ann.test" },
          { name: "", address: "bob@bob.test" },
        ],
        subject: "Sign in – now",
        text: expect.stringContaining("Hello Ann"),
        html: expect.stringContaining("<p>Hello</p>"),
        attachments: [{ filename: "a.csv", contentType: "text/csv", bytes: 3 }],
      },
    ]);
  });

  it("gives the mails of one recipient, newest first, and forgets all when told", async () => {
    await send({ subject: "One" });
    await send({ subject: "Two", to: "bob@bob.test" });
    await send({ subject: "Three" });
    const subjects = (await messages("?to=ANN@ann.test")).map(({ subject }) => subject);
    expect(subjects).toEqual(["Three", "One"]);
    expect((await fetch(`${sandbox.origin}/smtp/messages`, { method: "DELETE" })).status).toBe(204);
    expect(await messages()).toEqual([]);
  });

  it("believes any sign-in", async () => {
    await send({}, { user: "anybody", pass: "anything" });
    expect(await messages()).toHaveLength(1);
  });

  it("shows a mail as text, and its HTML in a frame that can do nothing", async () => {
    const html = '<script>alert(1)</script><img src="http://elsewhere.test/x.png">';
    await send({ subject: "<b>Bold</b>", text: "<i>text</i>", html });
    const list = await (await get("")).text();
    expect(list).toContain("&lt;b&gt;Bold&lt;/b&gt;");
    const page = await get("/mails/1");
    const shown = await page.text();
    expect(shown).toContain("<pre>&lt;i&gt;text&lt;/i&gt;");
    expect(shown).toContain('<iframe sandbox title="The mail as HTML" src="/smtp/mails/1/html">');
    expect(shown).not.toContain("<script");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    const framed = await get("/mails/1/html");
    expect(await framed.text()).toContain("<script>");
    expect(framed.headers.get("content-security-policy")).toMatch(/^sandbox; default-src 'none'/);
  });

  it("is there only when asked for", async () => {
    const without = await startSandbox({ port: 0 });
    expect(without.smtp).toBeNull();
    expect((await fetch(`${without.origin}/smtp`)).status).toBe(404);
    await without.stop();
  });

  it("starts anew with a reset", async () => {
    await send({});
    await sandbox.reset();
    expect(await messages()).toEqual([]);
  });
});

describe("the caught mails", () => {
  it("are 500 at most", async () => {
    const mails = createMails();
    const at = new Date("2026-05-20T09:00:00Z");
    for (let number = 1; number <= 502; number += 1)
      await mails.keep(Buffer.from(`Subject: ${number}\r\n\r\nText`), { from: "", to: [] }, at);
    expect(mails.list()).toHaveLength(500);
    expect(mails.list().at(-1)?.subject).toBe("3");
    expect(mails.find("1")).toBeNull();
  });
});
