/**
 * One API by its official description: which operation a call is, and whether its parts are what the description
 * says. Whole documents are handed to Ajv with their references kept, never inlined: inlined, Xero's circles do not
 * compile, and a validator that skips such a schema finds every answer good. A schema that does not compile throws.
 */
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { invariant } from "@/lib/kernel/invariant";
import { isNode, listAt, type Node, nodeAt, textAt } from "./json";
import { type Direction, toJsonSchema } from "./json-schema";

export interface Parameter {
  readonly name: string;
  readonly in: "query" | "header" | "path";
  readonly required: boolean;
  /** Address of its schema in Ajv. */
  readonly schema: string;
}

export interface Operation {
  readonly id: string;
  /** Name of the document that describes it. */
  readonly file: string;
  readonly method: string;
  /** As the description writes it, for example /Invoices/{InvoiceID}. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** Content type of the body to the address of its schema; null where the type has none. */
  readonly request: ReadonlyMap<string, string | null>;
  /** Status to content types, likewise; a status without a body has none. */
  readonly answers: ReadonlyMap<number, ReadonlyMap<string, string | null>>;
}

export interface Description {
  readonly name: string;
  readonly operations: readonly Operation[];
  /** The operation of a call; null when the description has none. */
  find(method: string, path: string): Operation | null;
  /** What is wrong with a value by the schema at an address; empty when nothing is. */
  check(address: string, value: unknown, pardon?: Pardon): string[];
  /** The strict schema at an address, its references not followed. */
  schemaAt(address: string): Node;
  /** Addresses of all schemas that the document names, in both directions. */
  readonly definitions: readonly string[];
  /** Compiles the schema at an address; throws when it does not compile. */
  compile(address: string): ValidateFunction;
}

/** Says that an error is none, by what was checked. */
export type Pardon = (error: ErrorObject, value: unknown) => boolean;

export interface DescriptionSource {
  readonly name: string;
  /** Documents by file name, changed beforehand where an overlay says so. */
  readonly documents: ReadonlyMap<string, Node>;
  /** The file and pointer of a reference out of its document; null for a file that we do not hold. */
  readonly foreign?: (reference: string) => { readonly file: string; readonly pointer: string } | null;
  readonly replace: (schema: Node, direction: Direction) => Node | undefined;
  readonly formats?: Readonly<Record<string, RegExp>>;
  readonly isPathCaseSensitive: boolean;
  /** References that name nothing in the document as published. */
  readonly dangling?: readonly string[];
}

const METHODS = ["get", "put", "post", "delete", "patch"];
const LOCAL = "#/components/schemas/";

/** Reads the documents; schemas are compiled when they are first asked for. */
export function openDescription(source: DescriptionSource): Description {
  const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addFormat("decimal", true);
  for (const [name, format] of Object.entries(source.formats ?? {})) ajv.addFormat(name, format);
  const operations: Operation[] = [];
  const definitions: string[] = [];
  for (const [file, document] of source.documents) {
    operations.push(...readDocument(ajv, source, file, document));
    for (const name of Object.keys(nodeAt(document, "components", "schemas")))
      for (const direction of ["request", "answer"] as const)
        definitions.push(`${documentId(source, file, direction)}#/definitions/${escapePointer(name)}`);
  }
  const compile = (address: string): ValidateFunction => {
    const validate = ajv.getSchema(address);
    invariant(validate !== undefined, `${source.name} has no schema at ${address}`);
    return validate;
  };
  return {
    name: source.name,
    operations,
    find: (method, path) => findOperation(operations, method, path, source.isPathCaseSensitive),
    compile,
    check(address, value, pardon = () => false) {
      const validate = compile(address);
      if (validate(value)) return [];
      return problemsOf((validate.errors ?? []).filter((error) => !pardon(error, value)));
    },
    schemaAt(address) {
      const { schema } = compile(address);
      return isNode(schema) ? schema : {};
    },
    definitions,
  };
}

/** Registers a document's schemas for both directions and answers its operations. */
function readDocument(ajv: Ajv, source: DescriptionSource, file: string, document: Node): Operation[] {
  const definitions: Record<Direction, Record<string, unknown>> = { request: {}, answer: {} };
  const follow = (value: unknown): Node => {
    if (!isNode(value)) return {};
    const reference = textAt(value, "$ref");
    if (reference === null) return value;
    return source.dangling?.includes(`${file}${reference}`) ? {} : follow(lookUp(source, file, reference));
  };
  const strict = (direction: Direction, schema: unknown) =>
    toJsonSchema(schema, {
      direction,
      replace: (written) => source.replace(written, direction),
      resolve: (reference) => lookUp(source, file, reference),
      target: (reference) => addressOfReference(source, file, direction, reference),
    });
  const define = (direction: Direction, name: string, schema: unknown): string => {
    definitions[direction][name] = strict(direction, schema);
    return `${documentId(source, file, direction)}#/definitions/${escapePointer(name)}`;
  };
  for (const [name, schema] of Object.entries(nodeAt(document, "components", "schemas"))) {
    define("request", name, schema);
    define("answer", name, schema);
  }
  const operations = Object.entries(nodeAt(document, "paths")).flatMap(([path, item]) =>
    METHODS.filter((method) => isNode(item) && method in item).map((method) =>
      readOperation({ file, method, path, item: nodeAt(item), follow, define }),
    ),
  );
  for (const direction of ["request", "answer"] as const)
    ajv.addSchema({
      $id: documentId(source, file, direction),
      definitions: definitions[direction],
    });
  return operations;
}

function readOperation(parts: {
  file: string;
  method: string;
  path: string;
  item: Node;
  follow: (value: unknown) => Node;
  define: (direction: Direction, name: string, schema: unknown) => string;
}): Operation {
  const { path, item, follow, define } = parts;
  const operation = nodeAt(item, parts.method);
  const method = parts.method.toUpperCase();
  const contents = (direction: Direction, what: string, content: Node): Map<string, string | null> =>
    new Map(
      Object.keys(content).map((type) => {
        const { schema } = nodeAt(content, type);
        const address =
          schema === undefined ? null : define(direction, `${method} ${path} ${what} ${type}`, schema);
        return [type, address];
      }),
    );
  const parameters = [...listAt(item, "parameters"), ...listAt(operation, "parameters")].map(follow);
  return {
    id: textAt(operation, "operationId") ?? `${method} ${path}`,
    file: parts.file,
    method,
    path,
    parameters: parameters.flatMap((parameter): Parameter[] => {
      const name = textAt(parameter, "name");
      const place = textAt(parameter, "in");
      if (name === null || (place !== "query" && place !== "header" && place !== "path")) return [];
      const schema = define("request", `${method} ${path} ${place} ${name}`, parameter.schema ?? {});
      return [{ name, in: place, required: parameter.required === true, schema }];
    }),
    request: contents("request", "body", nodeAt(follow(operation.requestBody), "content")),
    answers: new Map(
      Object.entries(nodeAt(operation, "responses")).map(([status, answer]) => [
        Number(status),
        contents("answer", status, nodeAt(follow(answer), "content")),
      ]),
    ),
  };
}

/** Paths compare segment by segment; of several that fit, the one with the most literal segments is meant. */
function findOperation(
  operations: readonly Operation[],
  method: string,
  path: string,
  isCaseSensitive: boolean,
): Operation | null {
  const parts = path.split("/");
  const fitting = operations.filter((operation) => {
    const pattern = operation.path.split("/");
    if (operation.method !== method || pattern.length !== parts.length) return false;
    return pattern.every((segment, index) => {
      const part = parts[index] ?? "";
      if (isPlaceholder(segment)) return part !== "" && fitsName(segment, part);
      return isCaseSensitive ? segment === part : segment.toLowerCase() === part.toLowerCase();
    });
  });
  const literals = ({ path: pattern }: Operation) =>
    pattern.split("/").filter((segment) => !isPlaceholder(segment)).length;
  const rank = (operation: Operation): number => 2 * literals(operation) + (isOfItsFile(operation) ? 1 : 0);
  return fitting.sort((one, other) => rank(other) - rank(one))[0] ?? null;
}

/** {id}; a few of Zoho's addresses have a regular expression in its place. */
function isPlaceholder(segment: string): boolean {
  return segment.startsWith("{") || segment.startsWith("(");
}

/** Zoho describes debit notes as /invoices too: the address is that of the file which bears its name. */
function isOfItsFile({ file, path }: Operation): boolean {
  const [, resource = ""] = path.split("/");
  return file.replaceAll("-", "").startsWith(resource);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Xero tells /Contacts/{ContactID} from /Contacts/{ContactNumber}, and attachments by id and by name, by the form. */
function fitsName(segment: string, part: string): boolean {
  if (/^\{(FileName|ContactNumber|PurchaseOrderNumber|JournalNumber)\}$/.test(segment))
    return !UUID.test(part);
  if (/^\{(AttachmentID|ContactID|PurchaseOrderID|JournalID)\}$/.test(segment)) return UUID.test(part);
  return true;
}

function documentId(source: DescriptionSource, file: string, direction: Direction): string {
  return `https://descriptions.test/${encodeURIComponent(source.name)}/${file}/${direction}`;
}

function escapePointer(name: string): string {
  return encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"));
}

function addressOfReference(
  source: DescriptionSource,
  file: string,
  direction: Direction,
  reference: string,
): string | null {
  const at = placeOf(source, file, reference);
  if (at === null || !source.documents.has(at.file)) return null;
  invariant(at.pointer.startsWith(LOCAL), `a schema is referred to at ${reference}`);
  return `${documentId(source, at.file, direction)}#/definitions/${at.pointer.slice(LOCAL.length)}`;
}

function lookUp(source: DescriptionSource, file: string, reference: string): Node {
  const at = placeOf(source, file, reference);
  const document = at === null ? undefined : source.documents.get(at.file);
  invariant(at !== null && document !== undefined, `${reference} can be looked up`);
  const found = nodeAt(document, ...at.pointer.slice(2).split("/").map(decodeURIComponent));
  invariant(Object.keys(found).length > 0, `${reference} names something`);
  return found;
}

function placeOf(
  source: DescriptionSource,
  file: string,
  reference: string,
): { readonly file: string; readonly pointer: string } | null {
  return reference.startsWith("#/") ? { file, pointer: reference } : (source.foreign?.(reference) ?? null);
}

/** "Invoices[].Total must be number", each said once however many records have it. */
function problemsOf(errors: readonly ErrorObject[]): string[] {
  const said = errors
    .filter(({ keyword }) => keyword !== "anyOf")
    .map((error) => {
      const at = error.instancePath
        .slice(1)
        .replaceAll("/", ".")
        .replaceAll(/\.?\b\d+\b/g, "[]");
      const extra: unknown = error.params.additionalProperty;
      if (typeof extra === "string") return `${at}.${extra} is unknown`;
      const allowed: unknown = error.params.allowedValues;
      return `${at} ${error.message}${allowed === undefined ? "" : ` ${JSON.stringify(allowed).slice(0, 200)}`}`;
    });
  return [...new Set(said)];
}
