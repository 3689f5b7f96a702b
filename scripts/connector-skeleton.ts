/**
 * The files of a new connector: a source that is connected by a form, declares nothing yet and refuses everything that it
 * does not declare. From there on it grows by one record type after the other, with the shared contract suite beside it.
 */
export interface SkeletonFile {
  /** Inside the connector's folder. */
  readonly path: string;
  readonly text: string;
}

/** `id` in kebab-case is the folder's name, `label` the name that people know. */
export function connectorSkeleton(id: string, label: string): readonly SkeletonFile[] {
  const camel = id.replace(/-([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
  const pascal = `${camel.charAt(0).toUpperCase()}${camel.slice(1)}`;
  const fill = (text: string): string =>
    text
      .replaceAll("{{id}}", id)
      .replaceAll("{{camel}}", camel)
      .replaceAll("{{pascal}}", pascal)
      .replaceAll("{{label}}", label);
  return Object.entries(TEMPLATES).map(([path, text]) => ({ path, text: fill(text) }));
}

/** The lines that make it known, to be added once it reads something. */
export function registrationLines(id: string): readonly string[] {
  const [{ text = "" } = {}] = connectorSkeleton(id, id).filter(({ path }) => path === "index.ts");
  const create = /export function (\w+)/.exec(text)?.[1] ?? "";
  const manifest = /import \{ (\w+Manifest) \}/.exec(text)?.[1] ?? "";
  return [
    `lib/connectors/registry.ts: import { ${create} } from "./${id}"; and ${create}(config.byForm) in the list`,
    `lib/connectors/catalog.ts: import { ${manifest} } from "./${id}/manifest"; and ${manifest} in the list`,
  ];
}

const TEMPLATES: Readonly<Record<string, string>> = {
  "manifest.ts": `import type { ConnectorManifest, RecordCapability } from "@/lib/connectors/contract/manifest";

/** Of every record type until it is read: asked for all the same, it is refused. */
const NONE: RecordCapability = { read: "none", write: [], deletesVisible: false, webhook: false };

/** Data sheet of the {{label}} connector. Plain data, safe in the browser. */
export const {{camel}}Manifest: ConnectorManifest = {
  id: "{{id}}",
  label: "{{label}}",
  role: "source",
  regions: [{ id: "own", label: "Your own account" }],
  connectionFields: [
    {
      name: "address",
      label: "Address of your {{label}}",
      hint: "Where its API answers.",
      kind: "address",
      isRequired: true,
      initial: "",
    },
    {
      name: "apiKey",
      label: "API key",
      hint: "It is sealed in the vault and never shown again.",
      kind: "secret",
      isRequired: true,
      initial: "",
    },
  ],
  scopes: [],
  capabilities: {
    contact: NONE,
    item: NONE,
    invoice: NONE,
    creditNote: NONE,
    allocation: NONE,
    payment: NONE,
    overpayment: NONE,
    purchaseOrder: NONE,
    bill: NONE,
    supplierCredit: NONE,
    supplierAllocation: NONE,
    billPayment: NONE,
    supplierOverpayment: NONE,
    bankTransaction: NONE,
    manualJournal: NONE,
  },
  limits: {
    callsPerMinute: 60,
    callsPerDay: 5_000,
    callsAtOnce: 2,
    callsPerMinuteOfApp: null,
    dayRemainingHeader: null,
    appRemainingHeader: null,
    retryAfterHeader: "retry-after",
  },
  batch: 0,
  batchBytes: 0,
  documentation: [],
};
`,
  "rules.ts": `import type { ConnectorRules } from "@/lib/connectors/contract/connector";

/** Nothing is written to {{label}}, so a record is left as it is. */
export const {{camel}}Rules: ConnectorRules = {
  prepare: (record) => ({ record, warnings: [] }),
  isMarker: () => false,
  preflight: () => [],
  predict: () => null,
  book: () => null,
  encodedBytes: () => 0,
  naturalKey: (record) => ("number" in record ? record.number : "name" in record ? record.name : "").trim().toLowerCase(),
  link: () => null,
};
`,
  "auth.ts": `import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import type { ConnectorForm } from "@/lib/connectors/contract/connector";
import { readBaseAddress } from "@/lib/http/public-address";

/**
 * What was typed is judged here before anything is sent to it. Until {{label}} is asked whether the key is good, every
 * connection is refused: a key that nobody tried must not count as connected.
 */
export function create{{pascal}}Form(sandboxOrigin: string | null): ConnectorForm {
  const refuse = (): never => {
    throw new ConnectorError("permission", "Tieout cannot connect {{label}} yet.", { mayHaveBeenApplied: false });
  };
  return {
    async connect({ address = "" }) {
      const base = readBaseAddress(address, sandboxOrigin);
      if (!base.ok) throw new ConnectorError("validation", base.error, { mayHaveBeenApplied: false });
      return refuse();
    },
    refresh: async () => refuse(),
    listTenants: async () => refuse(),
    disconnect: async () => undefined,
  };
}
`,
  "index.ts": `import type { Connector, FormConnectorDefinition } from "@/lib/connectors/contract/connector";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import { create{{pascal}}Form } from "./auth";
import { {{camel}}Manifest } from "./manifest";
import { {{camel}}Rules } from "./rules";

/** What an installation of Tieout tells the connector; the rest is typed for each connection. */
export interface {{pascal}}Config {
  /** The one origin beside public ones that may be called; null in production. */
  readonly sandboxOrigin: string | null;
  readonly requestTimeoutMs: number;
}

/** {{label}} as a source; quirks are in README.md. */
export function create{{pascal}}Connector(config: {{pascal}}Config): FormConnectorDefinition {
  return {
    manifest: {{camel}}Manifest,
    auth: create{{pascal}}Form(config.sandboxOrigin),
    rules: {{camel}}Rules,
    open: () => CLOSED,
  };
}

const refuse = (what: string): never => {
  throw new ConnectorError("permission", \`Tieout cannot \${what} in {{label}}.\`, { mayHaveBeenApplied: false });
};

/** What the manifest does not declare is refused without a call. */
const CLOSED: Connector = {
  probe: async () => refuse("look"),
  pull: (recordType) => refuse(\`read \${recordType} records\`),
  get: async (recordType) => refuse(\`read a \${recordType}\`),
  find: async (recordType) => refuse(\`look for a \${recordType}\`),
  listIds: (recordType) => refuse(\`list every \${recordType}\`),
  referenceData: async () => refuse("read accounts"),
  apply: async ({ verb, recordType }) => refuse(\`\${verb} a \${recordType}\`),
};
`,
  "skeleton.test.ts": `import { expect, test } from "vitest";
import { connectionValuesSchema } from "@/lib/domain/connection-field";
import { RECORD_TYPES } from "@/lib/domain/record-type";
import { systemClock } from "@/lib/kernel/clock";
import { create{{pascal}}Connector } from "./index";
import { {{camel}}Manifest as manifest } from "./manifest";

/**
 * What holds before a record is read. The shared suite takes its place: a contract.test.ts of ten lines and a world in
 * tests/contract, as the other connectors have them.
 */
const definition = create{{pascal}}Connector({ sandboxOrigin: null, requestTimeoutMs: 1_000 });

test("the manifest is plain data about every record type", () => {
  expect(manifest.id).toBe("{{id}}");
  expect(JSON.parse(JSON.stringify(manifest))).toEqual(manifest);
  expect(Object.keys(manifest.capabilities).sort()).toEqual([...RECORD_TYPES].sort());
  for (const { why } of manifest.scopes) expect(why).toMatch(/^[A-Z].*\\.$/);
});

test("its form asks for what it needs, and for nothing else", () => {
  const schema = connectionValuesSchema(manifest.connectionFields ?? []);
  expect(schema.safeParse({}).success).toBe(false);
  expect(schema.safeParse({ address: "https://api.example.com", apiKey: "a-key", more: "" }).success).toBe(false);
  expect(schema.safeParse({ address: "https://api.example.com", apiKey: "a-key" }).success).toBe(true);
});

test("an address inside a private network is refused before anything is sent", async () => {
  await expect(definition.auth.connect({ address: "https://127.0.0.1", apiKey: "a-key" })).rejects.toMatchObject({
    kind: "validation",
  });
});

test.each(RECORD_TYPES)("what is not declared of %s is refused without a call", async (recordType) => {
  const connector = definition.open({
    tenantId: "tenant",
    region: "own",
    apiBase: "https://api.example.com",
    clock: systemClock,
    accessToken: () => Promise.reject(new Error("no token is asked for")),
    permit: () => Promise.reject(new Error("no call is made")),
  });
  expect(() => connector.pull(recordType, null, { knownVersions: async () => new Map() })).toThrow(/cannot read/);
  await expect(
    connector.apply({ recordType, verb: "create", idempotencyKey: "key", elements: [] }),
  ).rejects.toMatchObject({ retry: "never", mayHaveBeenApplied: false });
});
`,
  "README.md": `# {{label}} connector

A source that reads nothing yet. What to fill in, in this order:

1. \`manifest.ts\`: the fields of the form (or, with a consent page, none and \`ConnectorAuth\` instead of \`ConnectorForm\`), scopes with their reasons, limits with the page that states them, and each record type as soon as it is read.
2. \`auth.ts\`: how what was typed becomes a token, and which organisations it reaches. Calls to a typed address go through \`lib/http/guarded-request.ts\`.
3. \`wire/\`, \`translate/\`, \`records/\`: the vendor's JSON in its own spelling, pure translation, paging with a cursor.
4. \`sandbox/{{id}}/\` and \`tests/contract/{{id}}-world.ts\`, then \`contract.test.ts\` in the place of \`skeleton.test.ts\`.
5. The lines in \`lib/connectors/registry.ts\` and \`lib/connectors/catalog.ts\`.

Below: quirks of the vendor, each with its source and the date it was checked.
`,
};
