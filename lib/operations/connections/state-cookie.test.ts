import { afterEach, expect, test, vi } from "vitest";
import type { Env } from "@/lib/env";
import { type ConnectState, openState, STATE_SECONDS, sealState } from "./state-cookie";

const envWith = (secret: string): Env => ({ NEXTAUTH_SECRET: secret }) as Env;
const ENV = envWith("n".repeat(32));
const STATE: ConnectState = {
  slug: "tidewater-1",
  userId: "u-1",
  connectorId: "xero",
  region: "",
  state: "s-1",
  codeVerifier: "very-secret-verifier",
};

afterEach(() => {
  vi.useRealTimers();
});

test("what was sealed is opened by the same deployment", async () => {
  expect(await openState(await sealState(STATE, ENV), ENV)).toEqual(STATE);
});

test("the cookie shows nothing of what is in it", async () => {
  const cookie = await sealState(STATE, ENV);
  const shown = cookie.split(".").map((part) => Buffer.from(part, "base64url").toString("latin1"));
  for (const value of [STATE.codeVerifier, STATE.state, STATE.slug]) {
    expect(shown.join(" ")).not.toContain(value);
    expect(cookie).not.toContain(value);
  }
});

test("a cookie of another deployment, a changed one, nothing and nonsense open to nothing", async () => {
  const cookie = await sealState(STATE, ENV);
  const middle = Math.floor(cookie.length / 2);
  const changed = `${cookie.slice(0, middle)}${cookie[middle] === "A" ? "B" : "A"}${cookie.slice(middle + 1)}`;
  expect(await openState(cookie, envWith("m".repeat(32)))).toBeNull();
  for (const value of [changed, null, "", "a.b.c", "a.b.c.d.e", `${cookie}.x`])
    expect(await openState(value, ENV), String(value)).toBeNull();
});

test("a cookie that was sealed for something else opens to nothing", async () => {
  const other = await sealState({ ...STATE, codeVerifier: 5 as unknown as string }, ENV);
  expect(await openState(other, ENV)).toBeNull();
});

test("a cookie is good for ten minutes and no longer", async () => {
  vi.useFakeTimers({ now: new Date("2026-11-21T12:00:00Z") });
  const cookie = await sealState(STATE, ENV);
  vi.setSystemTime(new Date("2026-11-21T12:09:59Z"));
  expect(await openState(cookie, ENV)).toEqual(STATE);
  vi.setSystemTime(new Date("2026-11-21T12:10:01Z"));
  expect(await openState(cookie, ENV)).toBeNull();
  expect(STATE_SECONDS).toBe(600);
});
