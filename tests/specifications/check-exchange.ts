/**
 * Checks one recorded exchange against the official description of its operation: path, query, headers and body of
 * the request, status, headers and body of the answer. What a vendor describes nowhere (its gateway's refusals) is
 * described here in our own words, from what is known of it live.
 */
import type { ErrorObject } from "ajv";
import type { Exchange } from "@/sandbox/kit/exchanges";
import { type ApiName, descriptionOf } from "./apis";
import type { Description, Operation, Parameter } from "./description";
import { isNode, listAt, textAt } from "./json";
import { ZOHO_UNDESCRIBED } from "./zoho-overlay";
import { isDescribedElsewhere } from "./zoho-vocabulary";

export interface Placed {
  readonly api: ApiName;
  /** What follows the API's base address. */
  readonly path: string;
}

const BASES: readonly { readonly service: string; readonly base: RegExp; readonly api: ApiName }[] = [
  { service: "xero", base: /^\/api\/api\.xro\/2\.0(?=\/)/i, api: "xero-accounting" },
  { service: "xero", base: /^\/api\/payroll\.xro\/1\.0(?=\/)/i, api: "xero-payroll-au" },
  { service: "xero", base: /^\/api(?=\/connections)/i, api: "xero-identity" },
  { service: "zoho", base: /^\/[^/]+\/api\/books\/v3(?=\/)/, api: "zoho-books" },
  { service: "zoho", base: /^\/[^/]+\/api\/inventory\/v1(?=\/)/, api: "zoho-inventory" },
  { service: "zoho", base: /^\/[^/]+\/api(?=\/crm\/)/, api: "zoho-crm" },
];

/** The API that a call went to; null for pages, OAuth and whatever has no description. */
export function placeOf({ service, request }: Pick<Exchange, "service" | "request">): Placed | null {
  for (const { service: owner, base, api } of BASES) {
    const match = owner === service ? base.exec(request.path) : null;
    if (match !== null) return { api, path: withoutSlash(request.path.slice(match[0].length)) };
  }
  return null;
}

function withoutSlash(path: string): string {
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}

/** The operation of a call; null when its API has none there. */
export function operationOf(exchange: Pick<Exchange, "service" | "request">): Operation | null {
  const placed = placeOf(exchange);
  return placed === null ? null : findIn(placed, exchange.request.method);
}

/** Addresses that live Xero answers and its description has under another name. */
const OTHER_NAMES: Readonly<Record<string, string>> = { "/Organisations": "/Organisation" };

function findIn({ api, path }: Placed, method: string): Operation | null {
  return descriptionOf(api).find(method, OTHER_NAMES[path] ?? path);
}

/** What the request holds that its operation does not describe; empty when nothing. */
export function checkRequest(exchange: Exchange): string[] {
  const placed = placeOf(exchange);
  if (placed === null) return [];
  const operation = findIn(placed, exchange.request.method);
  if (operation === null)
    return [`${exchange.request.method} ${placed.path}: no such operation in ${placed.api}`];
  const description = descriptionOf(placed.api);
  return [
    ...checkQuery(description, operation, exchange),
    ...checkHeaders(description, operation, exchange),
    ...checkBody(description, operation, exchange),
  ].map((problem) => `${operation.id}: ${problem}`);
}

function checkQuery(description: Description, operation: Operation, { request }: Exchange): string[] {
  const described = operation.parameters.filter((parameter) => parameter.in === "query");
  const missing = described
    .filter(({ name, required }) => required && !request.query.has(name))
    // An address that Zoho writes with a regular expression has the id in it, whatever the parameters say.
    .filter(() => !operation.path.includes("("))
    .map(({ name }) => `query parameter ${name} is missing`);
  const wrong = [...request.query].flatMap(([name, text]) => {
    const parameter = described.find((candidate) => candidate.name === name);
    if (parameter === undefined)
      return isGeneral(description, request.method, name) ? [] : [`query parameter ${name} is unknown`];
    return checkText(description, parameter, text).map((problem) => `query parameter ${name}${problem}`);
  });
  return [...missing, ...wrong];
}

/**
 * Zoho's introduction to Books and Inventory gives these to every call and to every list; the documents of single
 * resources name them only now and then. (zoho.com/books/api/v3/introduction, checked 2026-11-21.)
 */
function isGeneral({ name: api }: Description, method: string, name: string): boolean {
  if (api !== "zoho-books" && api !== "zoho-inventory") return false;
  return (
    name === "organization_id" ||
    (method === "GET" && ["page", "per_page", "sort_column", "sort_order"].includes(name))
  );
}

/** Headers that mean something to a vendor; any other is the client's own affair. */
const MEANINGFUL_HEADERS = ["idempotency-key", "if-modified-since", "xero-tenant-id"];

function checkHeaders(description: Description, operation: Operation, { request }: Exchange): string[] {
  const described = operation.parameters.filter((parameter) => parameter.in === "header");
  const missing = described
    .filter(({ name, required }) => required && request.headers[name.toLowerCase()] === undefined)
    .map(({ name }) => `header ${name} is missing`);
  const wrong = MEANINGFUL_HEADERS.flatMap((name) => {
    const text = request.headers[name];
    if (text === undefined) return [];
    const parameter = described.find((candidate) => candidate.name.toLowerCase() === name);
    if (parameter === undefined) return [`header ${name} is unknown`];
    return checkText(description, parameter, text).map((problem) => `header ${name}${problem}`);
  });
  return [...missing, ...wrong];
}

/** A parameter is text on the wire; it is read as the types that its schema may mean. */
function checkText(description: Description, parameter: Parameter, text: string): string[] {
  const readings: unknown[] = [text];
  if (/^-?\d+(\.\d+)?$/.test(text)) readings.push(Number(text));
  if (text === "true" || text === "false") readings.push(text === "true");
  readings.push(text.split(","));
  const problems = readings.map((reading) => description.check(parameter.schema, reading));
  return problems.some((found) => found.length === 0) ? [] : (problems[0] ?? []);
}

function checkBody(description: Description, operation: Operation, { request }: Exchange): string[] {
  const text = request.body.toString("utf8");
  if (operation.request.size === 0)
    return text === "" || text === "{}" ? [] : ["a body where none is described"];
  if (operation.request.has("application/octet-stream")) return [];
  const type = contentTypeOf(request.headers["content-type"]);
  const schema = operation.request.get(type);
  if (schema === undefined) return [`a body of type ${type === "" ? "(none)" : type} is not described`];
  return schema === null ? [] : checkJson(description, schema, text);
}

function contentTypeOf(header: string | undefined): string {
  return (header ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}

function checkJson(description: Description, schema: string, text: string): string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return ["the body is no JSON"];
  }
  // What Books and Inventory describe says nothing of CRM.
  if (description.name === "zoho-crm") return description.check(schema, value);
  const pardon = description.name.startsWith("xero") ? isEchoOfRefused : isDescribedElsewhere;
  return description.check(schema, value, pardon);
}

/** A refused element shows what was sent, too long or misspelt as it was; its types hold all the same. */
function isEchoOfRefused({ keyword, instancePath }: ErrorObject, value: unknown): boolean {
  if (!["maxLength", "enum", "pattern", "format"].includes(keyword)) return false;
  const [list, index] = instancePath.slice(1).split("/");
  const element = isNode(value) ? listAt(value, list ?? "")[Number(index)] : undefined;
  return listAt(element, "ValidationErrors").length > 0;
}

/** What the answer holds that its operation does not describe; empty when nothing. */
export function checkAnswer(exchange: Exchange): string[] {
  const placed = placeOf(exchange);
  if (placed === null) return [];
  const { request, response } = exchange;
  const { status } = response;
  const type = contentTypeOf(response.headers?.["content-type"]);
  // The printed form is described below /pdf and given at the record's own address to whoever asks for a PDF.
  const isPrinted = type === "application/pdf" && !placed.path.endsWith("/pdf");
  const operation = findIn(isPrinted ? { ...placed, path: `${placed.path}/pdf` } : placed, request.method);
  const name = (problem: string): string =>
    `${operation?.id ?? `${request.method} ${placed.path}`} ${status}: ${problem}`;
  if (operation === null && ZOHO_UNDESCRIBED.includes(placed.path)) return [];
  // Zoho's introduction has 201 for whatever was created; single documents say 200.
  const isCreated = status === 201 && placed.api.startsWith("zoho");
  const contents = operation?.answers.get(status) ?? (isCreated ? operation?.answers.get(200) : undefined);
  if (contents === undefined) return checkUndescribed(placed.api, exchange).map(name);
  const text = Buffer.from(response.body ?? "").toString("utf8");
  const limits = placed.api === "xero-accounting" ? missingLimits(exchange) : [];
  if (contents.size === 0)
    return [...limits, ...(status === 204 && text !== "" ? ["204 has no body"] : [])].map(name);
  // XML carries the same members by its own rules, and files are bytes.
  if (type === "text/xml" || type === "application/pdf" || contents.has("application/octet-stream"))
    return limits.map(name);
  const schema = contents.get(type);
  if (schema === undefined) return [name(`a body of type ${type} is not described`)];
  if (schema === null) return limits.map(name);
  return [...limits, ...checkJson(descriptionOf(placed.api), schema, text)].map(name);
}

const LIMIT_HEADERS = ["x-daylimit-remaining", "x-minlimit-remaining", "x-appminlimit-remaining"];

function missingLimits({ response }: Exchange): string[] {
  return LIMIT_HEADERS.filter((name) => !/^\d+$/.test(response.headers?.[name] ?? "")).map(
    (name) => `header ${name} is missing`,
  );
}

/** Answers that the descriptions leave out: "nothing changed", the gateways' refusals, Zoho's errors. */
function checkUndescribed(api: ApiName, { request, response }: Exchange): string[] {
  const { status, headers, body } = response;
  const text = Buffer.from(body ?? "").toString("utf8");
  if (status === 304)
    return request.headers["if-modified-since"] === undefined || text !== "" ? ["304 out of place"] : [];
  if (status < 400) return ["the status is not described"];
  if (api.startsWith("zoho")) return checkZohoError(api, text);
  if (status === 429)
    return headers?.["x-rate-limit-problem"] === undefined ? ["header x-rate-limit-problem is missing"] : [];
  if (status === 401 || status === 403) {
    if (contentTypeOf(headers?.["content-type"]) === "text/xml") return [];
    const refusal: unknown = JSON.parse(text);
    return textAt(refusal, "Title") === null || textAt(refusal, "Detail") === null
      ? ["a refusal of the gateway has a title and a detail"]
      : [];
  }
  return [];
}

function checkZohoError(api: ApiName, text: string): string[] {
  const error: unknown = JSON.parse(text);
  if (!isNode(error) || typeof error.message !== "string") return ["an error has a message"];
  const isCode =
    api === "zoho-crm" ? typeof error.code === "string" : Number.isInteger(error.code) && error.code !== 0;
  return isCode ? [] : ["an error has its code"];
}
