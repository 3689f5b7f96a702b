import type { Adapter, AdapterAccount } from "next-auth/adapters";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatabase, type Database } from "@/lib/db/client";
import { createTestDatabase, type TestDatabase } from "@/tests/setup/database";
import { createAuthAdapter } from "./adapter";

let urls: TestDatabase;
let database: Database;
let adapter: Required<Adapter>;

beforeAll(async () => {
  urls = await createTestDatabase();
  database = createDatabase(urls);
  adapter = createAuthAdapter(database) as Required<Adapter>;
});

afterAll(async () => {
  await database.disconnect();
  await urls.drop();
});

/** The rows of the sign-in tables as text, to look for what must not be in them. */
const storedText = () =>
  database.withoutWorkspace(async (tx) =>
    JSON.stringify([await tx.user.findMany(), await tx.account.findMany(), await tx.session.findMany()]),
  );

const aUser = (email: string) =>
  adapter.createUser({ name: "Ada Marsh", email, emailVerified: null } as Parameters<
    Adapter["createUser"] & {}
  >[0]);

describe("the sign-in store", () => {
  it("finds a person by address however it is spelled", async () => {
    const user = await aUser("Ada@Example.com");
    expect((await adapter.getUserByEmail(" ada@example.COM"))?.id).toBe(user.id);
  });

  it("finds a person by the provider's account and keeps no token of the provider", async () => {
    const user = await aUser("tokens@example.com");
    await adapter.linkAccount({
      userId: user.id,
      type: "oauth",
      provider: "xero",
      providerAccountId: "sub-1",
      access_token: "secret-access-token",
      refresh_token: "secret-refresh-token",
      id_token: "secret-id-token",
    } as AdapterAccount as never);
    const found = await adapter.getUserByAccount({ provider: "xero", providerAccountId: "sub-1" });
    expect(found?.id).toBe(user.id);
    expect(await storedText()).not.toContain("secret-");
  });

  it("stores a session without the token that opens it", async () => {
    const user = await aUser("session@example.com");
    const session = { sessionToken: "a-secret-session", userId: user.id, expires: new Date("2030-01-01") };
    await adapter.createSession(session);
    expect((await adapter.getSessionAndUser("a-secret-session"))?.user.id).toBe(user.id);
    expect(await storedText()).not.toContain("a-secret-session");
  });

  it("opens no session to somebody who knows the stored hash", async () => {
    const user = await aUser("hash@example.com");
    await adapter.createSession({
      sessionToken: "token-1",
      userId: user.id,
      expires: new Date("2030-01-01"),
    });
    const rows = await database.withoutWorkspace((tx) => tx.session.findMany({ where: { userId: user.id } }));
    expect(await adapter.getSessionAndUser(rows[0]?.sessionTokenHash ?? "")).toBeNull();
  });

  it("ends a session once and for all, and ending it twice is fine", async () => {
    const user = await aUser("end@example.com");
    await adapter.createSession({
      sessionToken: "token-2",
      userId: user.id,
      expires: new Date("2030-01-01"),
    });
    await adapter.deleteSession("token-2");
    await adapter.deleteSession("token-2");
    expect(await adapter.getSessionAndUser("token-2")).toBeNull();
  });
});
