import { expect, test } from "vitest";
import { missingScopes, missingScopesSentence } from "./missing-scopes";

const manifest = {
  scopes: [
    { name: "openid", why: "Tells who signs in." },
    { name: "accounting.invoices", why: "Posts invoices." },
    { name: "accounting.payments", why: "Posts payments." },
  ],
};

test("a permission that was not given is missing, with what it is for", () => {
  const missing = missingScopes(manifest, ["openid", "accounting.invoices"]);
  expect(missing.map(({ name }) => name)).toEqual(["accounting.payments"]);
  expect(missingScopesSentence("Xero", missing)).toMatch(
    /^Xero did not give every permission\. Missing: accounting\.payments \(Posts payments\)\. Connect again/,
  );
});

test("who signed in is nothing that posting needs", () => {
  expect(missingScopes(manifest, ["accounting.invoices", "accounting.payments"])).toEqual([]);
});
