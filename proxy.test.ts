import { PHASE_PRODUCTION_BUILD } from "next/constants";
import { NextRequest } from "next/server";
import { beforeEach, expect, test, vi } from "vitest";
import nextConfig from "./next.config";
import { config, proxy } from "./proxy";

beforeEach(() => {
  vi.stubGlobal("__DEVELOPMENT_SERVER__", false);
});

const policyOf = (address: string): string =>
  proxy(new NextRequest(address)).headers.get("content-security-policy") ?? "";

test("every page has a policy that lets in no other origin, no inline code, no frame and no foreign form", () => {
  const policy = policyOf("http://localhost/harbour/overview");
  for (const part of [
    "default-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "connect-src 'self'",
  ])
    expect(policy.split("; ")).toContain(part);
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
});

test("the nonce of one page is of no use on another", () => {
  const nonces = Array.from(
    { length: 20 },
    () => /'nonce-([0-9a-f]{32})'/.exec(policyOf("http://localhost/"))?.[1],
  );
  expect(new Set(nonces).size).toBe(20);
  expect(nonces).not.toContain(undefined);
});

test("the page's own request bears the policy, so that the nonce reaches its scripts", () => {
  const answer = proxy(new NextRequest("http://localhost/"));
  expect(answer.headers.get("x-middleware-request-content-security-policy")).toBe(
    answer.headers.get("content-security-policy"),
  );
});

test("a page learns its own address, whatever the caller says of it", () => {
  const headers = { "x-page-path": "//evil.example" };
  const answer = proxy(new NextRequest("http://localhost/harbour/runs?sort=-started&_rsc=1a2b", { headers }));
  expect(answer.headers.get("x-middleware-request-x-page-path")).toBe("/harbour/runs?sort=-started");
});

test("no family of pages is left out", () => {
  const pattern = new RegExp(`^${config.matcher[0]?.source}$`);
  for (const path of [
    "/",
    "/pricing",
    "/status",
    "/sign-in",
    "/start",
    "/harbour/overview",
    "/harbour/audit/export",
    "/go/a/b/c",
  ])
    expect(pattern.test(path), path).toBe(true);
  for (const path of ["/api/health", "/_next/static/chunk.js"]) expect(pattern.test(path), path).toBe(false);
});

test("every answer, the interfaces' too, has the headers that never change", async () => {
  const rules = (await nextConfig(PHASE_PRODUCTION_BUILD).headers?.()) ?? [];
  expect(rules.map(({ source }) => source)).toEqual(["/:path*"]);
  const headers = new Map(rules[0]?.headers.map(({ key, value }) => [key, value]));
  expect(headers.get("Strict-Transport-Security")).toMatch(/max-age=\d{8,}; includeSubDomains/);
  expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
  expect(headers.get("X-Frame-Options")).toBe("DENY");
  expect(headers.get("Referrer-Policy")).toBe("strict-origin-when-cross-origin");
  expect(headers.get("Cross-Origin-Opener-Policy")).toBe("same-origin");
  expect(headers.get("Cross-Origin-Resource-Policy")).toBe("same-origin");
  expect(headers.get("Permissions-Policy")).toContain("camera=()");
});
