/**
 * Every import rule is shown to fire on a planted violation, and the whole set to stay silent on a tree that keeps
 * the rules: a rule whose pattern matches nothing would otherwise pass for ever.
 */
import fs from "node:fs";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type CruiseOutcome, cruiseTree } from "@/scripts/check-architecture";
import { type PlantedTree, plantTree } from "./plant-tree";

const ruleSchema = z.object({
  forbidden: z.array(z.object({ name: z.string(), comment: z.string(), severity: z.string() })),
});
const rules = ruleSchema.parse(createRequire(import.meta.url)("../../.dependency-cruiser.cjs")).forbidden;

/** Rule name to the planted files that must break it: file, what it imports. */
const violations: Record<string, Array<[file: string, imported: string]>> = {
  "kernel-stands-alone": [["lib/kernel/money-clock.ts", "@/lib/domain/money"]],
  "domain-knows-no-machinery": [
    ["lib/domain/stored-invoice.ts", "@/lib/db/client"],
    ["lib/domain/fetched-invoice.ts", "@/lib/http/request"],
  ],
  "mapping-is-pure": [["lib/mapping/live-lookup.ts", "@/lib/connectors/contract/connector"]],
  "matching-is-pure": [["lib/matching/stored-candidates.ts", "@/lib/db/client"]],
  "reconciliation-is-pure": [["lib/reconciliation/live-totals.ts", "@/lib/http/request"]],
  "contract-names-no-vendor": [["lib/connectors/contract/xero-only.ts", "@/lib/connectors/xero/rules"]],
  "vendor-keeps-to-itself": [
    ["lib/connectors/xero/stored-session.ts", "@/lib/db/client"],
    ["lib/connectors/xero/borrowed-rules.ts", "@/lib/connectors/zoho-books/rules"],
    ["lib/connectors/zoho-books/own-secrets.ts", "@/lib/vault/open-secret"],
  ],
  "manifest-is-plain": [["lib/connectors/xero/manifest.ts", "./rules"]],
  "registry-lists-vendors": [["lib/connectors/registry.ts", "@/lib/vault/open-secret"]],
  "catalog-lists-manifests": [["lib/connectors/catalog.ts", "@/lib/connectors/xero/rules"]],
  "sync-names-no-vendor": [["lib/sync/plan-xero.ts", "@/lib/connectors/xero/rules"]],
  "quota-stands-alone": [["lib/quota/audited-permit.ts", "@/lib/audit/append-event"]],
  "vault-stands-alone": [["lib/vault/audited-secret.ts", "@/lib/audit/append-event"]],
  "audit-stands-alone": [["lib/audit/billed-event.ts", "@/lib/billing/find-plan"]],
  "billing-stands-alone": [["lib/billing/signed-plan.ts", "@/lib/auth/get-session"]],
  "mail-knows-no-caller": [["lib/mail/stored-mail.ts", "@/lib/db/client"]],
  "auth-stands-alone": [["lib/auth/secret-session.ts", "@/lib/vault/open-secret"]],
  "db-knows-no-caller": [["lib/db/synced-client.ts", "@/lib/sync/plan"]],
  "http-knows-no-caller": [["lib/http/stored-request.ts", "@/lib/db/client"]],
  "telemetry-knows-no-caller": [["lib/telemetry/stored-log.ts", "@/lib/db/client"]],
  "env-knows-no-caller": [["lib/env.ts", "@/lib/telemetry/log"]],
  "operations-know-no-interface": [
    ["lib/operations/runs/render-run.ts", "@/components/run/run-card"],
    ["lib/operations/runs/send-run.ts", "@/inngest/client"],
  ],
  "step-functions-call-operations": [
    ["inngest/functions/store-run.ts", "@/lib/db/client"],
    ["inngest/functions/post-run.ts", "@/lib/connectors/xero/rules"],
  ],
  "runner-knows-no-function": [
    ["inngest/runner/serve-run-sync.ts", "@/inngest/functions/run-sync"],
    ["inngest/runner/call-operation.ts", "@/lib/operations/runs/start-run"],
  ],
  "inngest-root-lists-functions": [["inngest/served.ts", "@/inngest/runner/deliver"]],
  "app-calls-operations": [
    ["app/runs/page.tsx", "@/lib/db/client"],
    ["app/secrets/page.tsx", "@/lib/vault/open-secret"],
    ["app/xero/page.tsx", "@/lib/connectors/xero/rules"],
  ],
  "only-the-inngest-route-serves-functions": [["app/runs/actions.ts", "@/inngest/client"]],
  "components-show-only": [["components/run/run-button.tsx", "@/lib/operations/runs/start-run"]],
  "sandbox-shares-nothing": [
    ["sandbox/xero/shared-rules.ts", "@/lib/connectors/xero/rules"],
    ["sandbox/zoho/shared-plan.ts", "@/lib/sync/plan"],
    ["sandbox/store/shared-store.ts", "@/lib/db/client"],
  ],
  "registry-for-operations-alone": [["lib/sync/choose-vendor.ts", "@/lib/connectors/registry"]],
  "catalog-reaches-no-server-code": [["lib/connectors/catalog.ts", "@/lib/connectors/xero/rules"]],
  "pure-modules-touch-no-machine": [["lib/matching/read-golden-set.ts", "node:fs"]],
  "pure-modules-use-no-package": [["lib/reconciliation/shown-totals.ts", "react"]],
  "lib-knows-no-framework": [
    ["lib/operations/runs/redirect-run.ts", "next"],
    ["lib/sync/step-plan.ts", "inngest"],
  ],
  "xero-sdk-in-its-connector": [["lib/operations/runs/post-directly.ts", "xero-node"]],
  "xero-sdk-in-tests-as-another-client": [["tests/main-job/ask-xero.ts", "xero-node"]],
  "stripe-sdk-in-billing": [["app/plans/actions.ts", "stripe"]],
  "prisma-client-in-db": [
    ["lib/operations/runs/query-directly.ts", "@/lib/db/generated/client"],
    ["lib/audit/own-client.ts", "@prisma/client"],
  ],
  "mail-package-in-mail": [["lib/operations/runs/mail-directly.ts", "nodemailer"]],
  "postgres-driver-in-db": [["lib/quota/own-connection.ts", "pg"]],
  "job-queue-in-runner": [["lib/sync/enqueue.ts", "graphile-worker"]],
  "axios-in-xero-connector": [["lib/connectors/zoho-books/own-client.ts", "axios"]],
  "raw-http-in-http-module": [
    ["lib/connectors/zoho-books/raw-call.ts", "node:https"],
    ["lib/billing/raw-call.ts", "undici"],
  ],
  "sign-in-library-in-auth": [["app/session/actions.ts", "next-auth"]],
  "no-circles": [["lib/sync/first.ts", "./second"]],
  "no-unresolvable-import": [["lib/sync/lost.ts", "./nowhere"]],
  "no-undeclared-package": [["lib/sync/borrowed-package.ts", "left-behind"]],
  "no-development-package-in-product": [["lib/sync/generated-plan.ts", "fast-check"]],
  "no-test-code-in-product": [["lib/sync/planned-by-test.ts", "@/tests/setup/builders"]],
  "every-lib-module-has-a-row": [["lib/helpers/shared.ts", "@/lib/kernel/result"]],
};

/** What the planted files import; it breaks no rule by itself. */
const targets: Record<string, string[]> = {
  "lib/kernel/result.ts": [],
  "lib/domain/money.ts": ["@/lib/kernel/result", "zod"],
  "lib/domain/content-hash.ts": ["node:crypto"],
  "lib/http/request.ts": [],
  "lib/db/client.ts": ["@/lib/db/generated/client", "pg"],
  "lib/db/generated/client.ts": [],
  "lib/connectors/contract/connector.ts": ["@/lib/domain/money"],
  "lib/connectors/xero/rules.ts": ["xero-node", "axios", "@/lib/domain/money", "@/lib/http/request"],
  "lib/connectors/zoho-books/rules.ts": ["@/lib/connectors/contract/connector"],
  "lib/vault/open-secret.ts": ["@/lib/db/client"],
  "lib/audit/append-event.ts": ["@/lib/db/client"],
  "lib/billing/find-plan.ts": ["@/lib/db/client"],
  "lib/auth/get-session.ts": ["@/lib/db/client", "next-auth"],
  "lib/telemetry/log.ts": ["@/lib/kernel/result"],
  "lib/sync/plan.ts": ["@/lib/db/client", "@/lib/connectors/contract/connector", "@/lib/audit/append-event"],
  "lib/sync/second.ts": ["./first"],
  "lib/operations/runs/start-run.ts": ["@/lib/sync/plan", "@/lib/vault/open-secret"],
  "components/run/run-card.tsx": ["@/lib/domain/money", "react"],
  "inngest/client.ts": ["inngest"],
  "inngest/functions/run-sync.ts": ["@/lib/operations/runs/start-run", "@/inngest/client"],
  "inngest/runner/deliver.ts": ["@/lib/db/client", "graphile-worker", "node:http"],
  "tests/setup/builders.ts": ["@/lib/domain/money"],
};

const packages = [
  ...["zod", "xero-node", "axios", "pg", "react", "next", "next-auth", "inngest", "stripe", "undici"],
  ...["graphile-worker", "@prisma/client", "nodemailer"],
];

const cleanImports: Record<string, string[]> = {
  ...targets,
  "lib/env.ts": ["zod"],
  "lib/http/request.ts": ["@/lib/env"],
  "lib/sync/second.ts": ["@/lib/sync/plan"],
  "lib/connectors/xero/regions.ts": [],
  "lib/connectors/xero/manifest.ts": ["@/lib/connectors/contract/connector", "./regions"],
  "lib/connectors/catalog.ts": ["@/lib/connectors/xero/manifest"],
  "lib/connectors/registry.ts": ["@/lib/connectors/xero/rules", "@/lib/connectors/zoho-books/rules"],
  "lib/operations/runs/choose-vendor.ts": ["@/lib/connectors/registry"],
  "app/runs/page.tsx": ["@/lib/operations/runs/start-run", "@/components/run/run-card", "next"],
  "app/api/inngest/route.ts": ["@/inngest/functions/run-sync"],
  "sandbox/server.ts": ["@/lib/kernel/result", "node:http"],
  "lib/matching/score.test.ts": ["@/lib/db/client", "node:fs", "fast-check"],
  "tests/contract/suite.ts": ["@/lib/connectors/registry", "fast-check", "pg"],
  "scripts/demo.ts": ["@/sandbox/server", "@/lib/operations/runs/start-run"],
};

function plantedTree(imports: Record<string, string[]>): PlantedTree {
  return { imports, packages, developmentPackages: ["fast-check"], undeclaredPackages: ["left-behind"] };
}

function violatingImports(): Record<string, string[]> {
  const imports: Record<string, string[]> = { ...targets };
  for (const planted of Object.values(violations)) {
    for (const [file, imported] of planted) imports[file] = [imported];
  }
  return imports;
}

describe("import rules", () => {
  const folders: string[] = [];
  let broken: CruiseOutcome = { moduleCount: 0, violations: [] };
  let clean: CruiseOutcome = { moduleCount: 0, violations: [] };

  beforeAll(async () => {
    const brokenTree = plantTree(plantedTree(violatingImports()));
    const cleanTree = plantTree(plantedTree(cleanImports));
    folders.push(brokenTree, cleanTree);
    broken = await cruiseTree(brokenTree);
    clean = await cruiseTree(cleanTree);
  });

  afterAll(() => {
    for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
  });

  it("has a planted violation for every rule", () => {
    expect(Object.keys(violations).sort()).toEqual(rules.map(({ name }) => name).sort());
  });

  it("gives every rule a reason and makes it an error", () => {
    for (const rule of rules) {
      expect(rule.comment.length, rule.name).toBeGreaterThan(30);
      expect(rule.severity, rule.name).toBe("error");
    }
  });

  for (const [rule, planted] of Object.entries(violations)) {
    it(`${rule} fires on each planted violation`, () => {
      const sources = broken.violations
        .filter((violation) => violation.rule === rule)
        .map(({ source }) => source);
      for (const [file] of planted) expect(sources).toContain(file);
    });
  }

  it("stays silent on a tree that keeps every rule", () => {
    expect(clean.violations).toEqual([]);
    expect(clean.moduleCount).toBeGreaterThan(Object.keys(cleanImports).length);
  });
});
