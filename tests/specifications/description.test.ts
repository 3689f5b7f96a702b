import { expect, it } from "vitest";
import { openDescription } from "./description";
import type { Node } from "./json";

const RECORD: Node = {
  type: "object",
  required: ["Name"],
  properties: { Name: { type: "string" }, Parent: { $ref: "#/components/schemas/Record" } },
};

function descriptionWith(schemas: Node) {
  const schema = { $ref: "#/components/schemas/Record" };
  const answer = { content: { "application/json": { schema } } };
  const paths = {
    "/Records": {
      get: {
        operationId: "getRecords",
        parameters: [{ in: "query", name: "page", schema: { type: "integer" } }],
        responses: { "200": answer },
      },
    },
    "/Records/{id}": { get: { operationId: "getRecord", responses: { "200": answer } } },
    "/Records/count": { get: { operationId: "countRecords", responses: { "200": answer } } },
  };
  return openDescription({
    name: "test",
    documents: new Map([["test.yaml", { paths, components: { schemas } }]]),
    replace: () => undefined,
    isPathCaseSensitive: false,
  });
}

function problemsOf(value: unknown): string[] {
  const description = descriptionWith({ Record: RECORD });
  const address = description.find("GET", "/records")?.answers.get(200)?.get("application/json") ?? "";
  return description.check(address, value);
}

it("a record that holds another of its kind is checked to any depth", () => {
  expect(problemsOf({ Name: "a", Parent: { Name: "b", Parent: { Name: "c" } } })).toEqual([]);
  expect(problemsOf({ Name: "a", Parent: { Name: "b", Parent: { Name: 7 } } })).toEqual([
    "Parent.Parent.Name must be string",
  ]);
});

it("an unknown field, a missing one and a wrong type are three problems", () => {
  expect(problemsOf({ Nmae: "a", Parent: 7 })).toEqual([
    " must have required property 'Name'",
    ".Nmae is unknown",
    "Parent must be object",
  ]);
});

it("a path is found in any case, a literal segment before an id, and an unknown one not at all", () => {
  const description = descriptionWith({ Record: RECORD });
  expect(description.find("GET", "/records/COUNT")?.id).toBe("countRecords");
  expect(description.find("GET", "/Records/7")?.id).toBe("getRecord");
  expect(description.find("POST", "/Records")).toBeNull();
  expect(description.find("GET", "/Bills")).toBeNull();
});

it("a schema that does not compile stops the check instead of passing it over", () => {
  const description = descriptionWith({
    Record: { properties: { Parent: { $ref: "#/components/schemas/Lost" } } },
  });
  const address = description.find("GET", "/Records")?.answers.get(200)?.get("application/json") ?? "";
  expect(() => description.check(address, {})).toThrow(/can't resolve reference/);
});

it("a keyword that nothing here understands stops the reading", () => {
  expect(() => descriptionWith({ Record: { ...RECORD, patternProperties: {} } })).toThrow(
    "unknown keyword patternProperties",
  );
});

it("a request may not hold what is read-only, and owes none of it", () => {
  const ID: Node = { type: "string", readOnly: true };
  const description = descriptionWith({
    Record: { type: "object", required: ["ID"], properties: { ID, Name: { type: "string" } } },
  });
  const [request = "", answer = ""] = description.definitions;
  expect(description.check(request, { Name: "a" })).toEqual([]);
  expect(description.check(request, { ID: "1" })).toEqual(["ID boolean schema is false"]);
  expect(description.check(answer, { Name: "a" })).toEqual([" must have required property 'ID'"]);
});
