import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
});
afterAll(() => sandbox.stop());

const post = (path: string, body: string) =>
  fetch(`${sandbox.origin}/alerts/${path}`, { method: "POST", body });

test("what is posted is kept with its headers and listed by its box, and none of it is markup", async () => {
  await post("webhook", '{"a":"<b>"}');
  expect((await post("slack/T1/B1", '{"text":"hello"}')).status).toBe(200);
  const { received } = await (await fetch(`${sandbox.origin}/alerts/received?box=webhook`)).json();
  expect(received).toMatchObject([
    { box: "webhook", body: '{"a":"<b>"}', headers: { host: expect.any(String) } },
  ]);
  const page = await (await fetch(`${sandbox.origin}/alerts`)).text();
  expect(page).toContain("&lt;b&gt;");
  expect((await fetch(`${sandbox.origin}/alerts/received`, { method: "DELETE" })).status).toBe(204);
  expect(await (await fetch(`${sandbox.origin}/alerts/received`)).json()).toEqual({ received: [] });
});

test("a Slack message without text is refused in Slack's words and not kept", async () => {
  const answer = await post("slack", '{"blocks":[]}');
  expect([answer.status, await answer.text()]).toEqual([400, "invalid_payload"]);
  expect(await (await fetch(`${sandbox.origin}/alerts/received`)).json()).toEqual({ received: [] });
});
