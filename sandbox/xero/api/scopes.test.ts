import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { ALL_SCOPES, scopeInWords } from "../identity/scopes";
import { connectXero, type TestClient } from "../test-client";
import type { Route } from "./route";
import { ROUTES } from "./routes";

let sandbox: RunningSandbox;
const clients = new Map<string, Promise<TestClient>>();
beforeAll(async () => {
  sandbox = await startSandbox({
    port: 0,
    limitSpeed: 1_000_000,
    clock: createFrozenClock("2026-06-01T09:00:00Z"),
  });
  sandbox.context.switches.set("xero.premium-scopes", "granted");
});
afterAll(() => sandbox.stop());
// The frozen clock would keep every call in one limit window.
beforeEach(() => sandbox.clock.advance(1));

const clientWith = (scopes: readonly string[]): Promise<TestClient> => {
  const scope = scopes.join(" ");
  const found = clients.get(scope) ?? connectXero(sandbox.origin, { scope });
  clients.set(scope, found);
  return found;
};
const call = async (scopes: readonly string[], { method, operation }: Route) => {
  const client = await clientWith(scopes);
  sandbox.clock.advance(1);
  const path = operation.replaceAll("{id}", () => randomUUID());
  return client.call(method, path, method === "GET" || method === "DELETE" ? {} : { body: {} });
};
const isAsked = (scope: string): boolean => scopeInWords(scope, true) !== null;
/** The scopes that open a route, each alone. */
const openersOf = ({ method, scope }: Route): string[] =>
  [scope, ...(method === "GET" ? [`${scope}.read`] : [])].filter(isAsked);
const others = (route: Route): string[] =>
  [...ALL_SCOPES, "accounting.journals.read"].filter(
    (scope) => !openersOf(route).includes(scope) && scope !== `${route.scope}.read`,
  );

describe.each(ROUTES.map((route) => [`${route.method} ${route.operation}`, route] as const))(
  "%s",
  (_, route) => {
    it("opens with exactly its scope", async () => {
      const openers = openersOf(route);
      expect(openers.length).toBeGreaterThan(0);
      for (const scope of openers) {
        const { status, text } = await call([scope], route);
        expect([401, 403, 429, 500], `${scope}: ${text}`).not.toContain(status);
      }
    });

    it("stays closed with every other scope, with 401 or 403", async () => {
      const refused = await call(others(route), route);
      expect(refused).toMatchObject({
        status: 401,
        json: { Title: "Unauthorized", Status: 401, Detail: "AuthorizationUnsuccessful" },
      });
      expect(refused.headers.get("www-authenticate")).toContain("insufficient_scope");
      sandbox.context.switches.set("xero.insufficient-scope", "403");
      expect((await call(others(route), route)).status).toBe(403);
      sandbox.context.switches.set("xero.insufficient-scope", "401");
    });
  },
);

const writes = ROUTES.filter(({ method }) => method !== "GET");
it.each(writes.map((route) => [`${route.method} ${route.operation}`, route] as const))(
  "%s is not open to the scope that only reads",
  async (_, route) => {
    const reading = [`${route.scope}.read`].filter(isAsked);
    expect((await call([...reading, "openid", "accounting.budgets.read"], route)).status).toBe(401);
  },
);

it("the scopes of routes are ones that an app can ask for", () => {
  expect(ROUTES.filter((route) => openersOf(route).length === 0)).toEqual([]);
});
