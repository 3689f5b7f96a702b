/**
 * Employees of Payroll AU 1.0. Xero publishes no description of it any more but that of the timesheets of 2.0; its
 * SDK's own models, generated from it, say names and types. A request may leave out what an answer has.
 */
import { createRequire } from "node:module";
import { isNode, type Node } from "./json";

interface Model {
  readonly attributeTypeMap?: readonly { readonly baseName: string; readonly type: string }[];
}

const require = createRequire(import.meta.url);
const MODELS = require("xero-node/dist/gen/model/payroll-au/models.js") as Readonly<Record<string, unknown>>;

const SCALARS: Readonly<Record<string, Node>> = {
  string: { type: "string" },
  number: { type: "number" },
  boolean: { type: "boolean" },
  Date: { type: "string", "x-is-msdate-time": true },
};
const DAYS = new Set(["DateOfBirth", "StartDate", "TerminationDate", "OpeningBalanceDate"]);

/** A document of the operations on employees, as OpenAPI would have them. */
export function payrollDescription(): Node {
  const schemas: Record<string, Node> = {};
  addModel(schemas, "Employees");
  const json = (schema: Node): Node => ({ content: { "application/json": { schema } } });
  const answers = {
    "200": json({ $ref: "#/components/schemas/Employees" }),
    "400": json({ type: "object" }),
  };
  const body = json({ type: "array", items: { $ref: "#/components/schemas/Employee" } });
  const tenant = { in: "header", name: "xero-tenant-id", required: true, schema: { type: "string" } };
  const key = { in: "header", name: "Idempotency-Key", schema: { type: "string", maxLength: 128 } };
  const query = (name: string, type: string): Node => ({ in: "query", name, schema: { type } });
  const since = { in: "header", name: "If-Modified-Since", schema: { type: "string" } };
  return {
    components: { schemas },
    paths: {
      "/Employees": {
        get: {
          operationId: "getEmployees",
          parameters: [
            tenant,
            since,
            query("where", "string"),
            query("order", "string"),
            query("page", "integer"),
          ],
          responses: answers,
        },
        post: {
          operationId: "createEmployee",
          parameters: [tenant, key],
          requestBody: body,
          responses: answers,
        },
      },
      "/Employees/{EmployeeID}": {
        get: { operationId: "getEmployee", parameters: [tenant], responses: answers },
        post: {
          operationId: "updateEmployee",
          parameters: [tenant, key],
          requestBody: body,
          responses: answers,
        },
      },
    },
  };
}

function addModel(schemas: Record<string, Node>, name: string): void {
  if (schemas[name] !== undefined) return;
  const model = MODELS[name] as Model | undefined;
  const properties: Record<string, Node> = {};
  schemas[name] = { type: "object", properties };
  for (const { baseName, type } of model?.attributeTypeMap ?? [])
    properties[baseName] = DAYS.has(baseName)
      ? { type: "string", "x-is-msdate": true }
      : schemaOf(schemas, type);
  if (name === "Employees")
    for (const field of ["Id", "Status", "ProviderName"]) properties[field] = { type: "string" };
  if (name === "Employees") properties.DateTimeUTC = { type: "string", "x-is-msdate-time": true };
}

function schemaOf(schemas: Record<string, Node>, type: string): Node {
  const item = /^Array<(.+)>$/.exec(type)?.[1];
  if (item !== undefined) return { type: "array", items: schemaOf(schemas, item) };
  const scalar = SCALARS[type];
  if (scalar !== undefined) return scalar;
  const model = MODELS[type];
  const isModel = typeof model === "function" && "attributeTypeMap" in model;
  if (!isModel) return isNode(model) ? { enum: Object.values(model) } : { type: "string" };
  addModel(schemas, type);
  return { $ref: `#/components/schemas/${type}` };
}
