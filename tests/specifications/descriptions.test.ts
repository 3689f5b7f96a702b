import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { API_NAMES, descriptionOf, xeroAccounting } from "./apis";
import type { Description } from "./description";
import { isNode, nodeAt } from "./json";
import { plantsOf } from "./plant";
import { hasReference, readDescription } from "./reference";
import { XERO_LIVE } from "./xero-overlay";

/** Names of lists in examples that are not the schema's name and an s. */
const LISTS: Readonly<Record<string, string>> = { TrackingOption: "Options" };

describe.runIf(hasReference("that every schema of the official descriptions compiles and refuses"))(
  "with the official descriptions",
  () => {
    describe.each(API_NAMES)("the description of %s", (api) => {
      it("compiles in every schema that an operation uses", () => {
        const description = descriptionOf(api);
        const addresses = addressesOf(description);
        expect(addresses.filter((address) => !compiles(description, address))).toEqual([]);
      });

      it("refuses a wrong type, an unknown field and a missing one in every answer", () => {
        const description = descriptionOf(api);
        const answers = description.operations.flatMap((operation) =>
          [...operation.answers.values()].flatMap((contents) => [...contents.values()]),
        );
        const planted = answers
          .filter((address) => address !== null)
          .map((address) => ({ address, plants: plantsOf(description, address) }));
        const silent = planted.flatMap(({ address, plants }) =>
          plants
            .filter(({ value }) => description.check(address, value).length === 0)
            .map(({ wrong }) => `${address}: ${wrong}`),
        );
        expect(silent).toEqual([]);
        const bare = planted.filter(({ plants }) => plants.length === 0).map(({ address }) => address);
        expect(bare).toEqual([]);
      });
    });

    describe("Xero Accounting brought from 16.1.0 to 19.0.0", () => {
      it("has the fields of xero-node 20.0.0's models, and no other", () => {
        const published = readDescription("xero/xero_accounting.yaml");
        const models: Readonly<Record<string, unknown>> = createRequire(import.meta.url)(
          "xero-node/dist/gen/model/accounting/models.js",
        );
        const ours = xeroAccounting();
        const differing = Object.entries(nodeAt(published, "components", "schemas")).flatMap(([name]) => {
          const map = attributesOf(models[name]);
          if (map === null) return [];
          const described = fieldsOf(ours, name).filter((field) => !isLive(name, field));
          return JSON.stringify(map.toSorted()) === JSON.stringify(described.toSorted()) ? [] : [name];
        });
        expect(differing).toEqual([]);
      });
    });

    it("every live field that the examples are named for stands in one of them", () => {
      const shown = fieldsInExamples(readDescription("xero/xero_accounting.yaml"));
      const claimed = XERO_LIVE.fields
        .filter(({ why }) => why === "examples")
        .flatMap(({ schemas, fields }) =>
          schemas.flatMap((schema) => Object.keys(fields).map((field) => ({ schema, field }))),
        );
      const unseen = claimed.filter(
        ({ schema, field }) => !shown.has(`${LISTS[schema] ?? `${schema}s`}.${field}`),
      );
      expect(unseen).toEqual([]);
    });
  },
);

function addressesOf({ operations }: Description): string[] {
  return operations.flatMap(({ parameters, request, answers }) =>
    [
      ...parameters.map(({ schema }) => schema),
      ...request.values(),
      ...[...answers.values()].flatMap((contents) => [...contents.values()]),
    ].filter((address) => address !== null),
  );
}

function compiles(description: Description, address: string): boolean {
  try {
    description.compile(address);
    return true;
  } catch {
    return false;
  }
}

function fieldsOf(document: unknown, schema: string): string[] {
  return Object.keys(nodeAt(document, "components", "schemas", schema, "properties"));
}

const ENVELOPE = new Set(["Id", "Status", "ProviderName", "DateTimeUTC"]);

function isLive(schema: string, field: string): boolean {
  const isAdded = XERO_LIVE.fields.some(({ schemas, fields }) => schemas.includes(schema) && field in fields);
  return isAdded || ENVELOPE.has(field);
}

function attributesOf(model: unknown): string[] | null {
  if (typeof model !== "function" || !("attributeTypeMap" in model) || !Array.isArray(model.attributeTypeMap))
    return null;
  return model.attributeTypeMap
    .map(({ baseName }: { baseName: string }) => baseName)
    .filter((field) => !ENVELOPE.has(field));
}

/** "Invoices.DateString" for each field of each record in a list of an example of an answer. */
function fieldsInExamples(document: unknown): Set<string> {
  const found = new Set<string>();
  const read = (value: unknown, list: string): void => {
    if (Array.isArray(value)) for (const entry of value) read(entry, list);
    else if (isNode(value))
      for (const [name, member] of Object.entries(value)) {
        found.add(`${list}.${name}`);
        read(member, name);
      }
  };
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    if (!isNode(value)) return;
    const { example } = value;
    if (typeof example === "string" && example.trim().startsWith("{")) read(JSON.parse(example), "");
    else read(example, "");
    Object.values(value).forEach(walk);
  };
  walk(nodeAt(document, "paths"));
  walk(nodeAt(document, "components", "responses"));
  return found;
}
