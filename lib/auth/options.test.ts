import { describe, expect, it } from "vitest";
import type { Database } from "@/lib/db/client";
import { createLogger } from "@/lib/telemetry/logger";
import { createAuthOptions } from "./options";

const optionsAt = (origin: string) =>
  createAuthOptions({
    database: {} as Database,
    logger: createLogger("silent"),
    origin,
    secret: "x".repeat(32),
    xero: { authority: "https://identity.xero.com", clientId: "id", clientSecret: "secret" },
  });

describe("sign-in with Xero", () => {
  it("asks for identity alone and opens no books", () => {
    const [provider] = optionsAt("https://tieout.example").providers;
    expect(provider).toMatchObject({
      id: "xero",
      authorization: { params: { scope: "openid profile email" } },
      checks: ["pkce", "state"],
      idToken: true,
    });
  });

  it("sends the session cookie over https alone where the site is https", () => {
    expect(optionsAt("https://tieout.example").cookies?.sessionToken).toEqual({
      name: "__Secure-tieout-session",
      options: { httpOnly: true, sameSite: "lax", path: "/", secure: true },
    });
    expect(optionsAt("http://localhost:3000").cookies?.sessionToken?.name).toBe("tieout-session");
  });
});
