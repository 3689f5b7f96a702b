/**
 * Zoho's descriptions of CRM v8 where they contradict themselves, refer to documents that we do not hold, or say less
 * than live answers do, each with its reason. Zoho publishes them on GitHub (crm-oas, v8.0); what live answers hold is
 * read from the sample answers of its own pages. (zoho.com/crm/developer/docs/api/v8, checked 2026-11-21.)
 */
import { invariant } from "@/lib/kernel/invariant";
import { isNode, listAt, type Node, nodeAt, textAt } from "./json";
import { type Overlay, overlaid } from "./overlay";

const nullable = (described: unknown): Node => ({ nullable: true, oneOf: [described] });

const TEXT: Node = { type: "string" };

const NOT_SHOWN = [
  ...["quick_sequence_number", "refer_from_field", "sharing_properties", "sub_module", "convert_mapping"],
  ...["multiuserlookup", "autonumber", "textarea"],
];

const NULL_IN_FIELDS = [
  ...["associated_module", "association_details", "crypt", "external", "hipaa_compliance"],
  ...["history_tracking", "private", "tooltip"],
];

const FIELD_TYPES: Overlay["types"] = NULL_IN_FIELDS.map((field) => ({
  schema: "fields",
  field,
  becomes: nullable,
  why: "null for a field that has none, in the samples of Get Fields",
}));
const FIELD_OPTIONAL: Overlay["optional"][number] = {
  schema: "fields",
  fields: NOT_SHOWN,
  why: "left out for a field that has none, in the same samples",
};

const withValues =
  (...values: readonly string[]) =>
  (described: unknown): Node => ({ ...nodeAt(described), enum: [...listAt(described, "enum"), ...values] });

const overlay = (parts: Partial<Overlay>): Overlay => ({
  ...{ fields: [], types: [], optional: [], parameters: [] },
  ...parts,
});

/** By document. */
export const CRM_OVERLAYS: Readonly<Record<string, Overlay>> = {
  "record.json": overlay({
    types: [
      ...["next_page_token", "previous_page_token", "page_token_expiry"].map((field) => ({
        schema: "Info",
        field,
        becomes: nullable,
        why: "null where no page follows or precedes, in every sample of a list",
      })),
      {
        schema: "Success_Response",
        field: "duplicate_field",
        becomes: nullable,
        why: "null where an upsert inserted, in the sample of upsert",
      },
      {
        schema: "API_Exception",
        field: "code",
        becomes: withValues("DISCRETE_PAGINATION_LIMIT_EXCEEDED", "AMBIGUITY_DURING_PROCESSING"),
        why: "the page of Get Records has both: page and page_token together, and pages past 2,000 records",
      },
      {
        schema: "API_Exception",
        field: "message",
        becomes: withValues(
          "the module name given seems to be invalid",
          "You cannot use both cvid and sort_by, and page and page_token.",
          "You can only get the first 2000 records without using page_token param.",
        ),
        why: "the first is described with a capital, unlike in record_count.json; the others go with those codes",
      },
      {
        schema: "API_Exception",
        field: "details",
        becomes: withDetails,
        why: "maximum_length is a number in common.json and in the samples, ambiguity_due_to stands in common.json",
      },
    ],
  }),
  "fields.json": overlay({
    types: FIELD_TYPES,
    optional: [
      FIELD_OPTIONAL,
      { schema: "empty", fields: ["dummy"], why: "stands for {}: no sample has the field" },
    ],
  }),
  // It describes a module's fields once more, in the words of fields.json.
  "modules.json": overlay({
    types: [
      ...FIELD_TYPES,
      {
        schema: "modules",
        field: "profiles",
        becomes: () => ({
          type: "array",
          items: { type: "object", properties: { name: TEXT, id: TEXT }, required: ["name", "id"] },
        }),
        why: "refers to profiles.json, which we do not hold; the samples have name and id",
      },
      {
        schema: "modules",
        field: "related_list_properties",
        becomes: withNullableSort,
        why: "sort_by is null for a module whose lists are not sorted, in the sample of Get Module",
      },
    ],
    optional: [
      FIELD_OPTIONAL,
      {
        schema: "modules",
        fields: ["custom_view"],
        why: "refers to custom_views.json, which we do not hold; the sandbox has no views",
      },
    ],
  }),
  "users.json": overlay({
    types: [
      {
        schema: "users",
        field: "email",
        becomes: () => TEXT,
        why: "its pattern takes nine characters, an at sign and five: an example written as a rule",
      },
      {
        schema: "users",
        field: "time_zone",
        becomes: () => TEXT,
        why: "described as an object, a name such as Asia/Kolkata in every sample",
      },
    ],
  }),
  "notifications.json": overlay({
    types: [
      {
        schema: "Notification",
        field: "channel_id",
        becomes: () => TEXT,
        why: "described as an object, digits as text in every sample; answers describe it as text elsewhere",
      },
      {
        schema: "Notification",
        field: "notify_url",
        becomes: () => TEXT,
        why: "its pattern takes addresses of www.?????zoho.com alone: an example written as a rule",
      },
    ],
  }),
};

/** Reads that another document describes better. */
const SUPERSEDED: readonly { readonly file: string; readonly path: string; readonly why: string }[] = [
  {
    file: "module_search.json",
    path: "/crm/v8/{module}/search",
    why: "has nothing but an id in a row and no page; record.json has the open record and its pages",
  },
  {
    file: "record_count.json",
    path: "/crm/v8/{module_api_name}/actions/count",
    why: "describes no answer and no criteria; record.json has both",
  },
];

/** The refusals of a search, which module_search.json alone describes. */
const SEARCH_REFUSALS = [
  ...["Invalid_Request", "Mandatory_Param_Missing", "Invlaid_Value_URL", "InvalidQuery"],
  ...["InvalidQuery_NoReason", "Max_records", "Max_criteria"],
].map((name) => ({ $ref: `/v8.0/module_search.json#/components/schemas/${name}` }));

const RECORDS = "/crm/v8/{module_api_name}";

/**
 * record.json describes each answer once, under 200, with its errors beside its results. Live answers have the status
 * of what happened: 201 for what was created, 202 or 207 where a record failed (a switch), 204 without a body where
 * there is nothing, 400 for a refusal. The body is held to the same schema under each.
 */
const STATUSES: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>> = {
  [RECORDS]: {
    get: [204, 400],
    post: [201, 202, 207, 400],
    put: [202, 207, 400],
    delete: [202, 207, 400],
  },
  [`${RECORDS}/{id}`]: { get: [204, 400], put: [202, 207, 400], delete: [202, 207, 400] },
  [`${RECORDS}/upsert`]: { post: [202, 207, 400] },
  [`${RECORDS}/search`]: { get: [204] },
  [`${RECORDS}/deleted`]: { get: [204, 400] },
  [`${RECORDS}/actions/count`]: { get: [400] },
};

/** A document of CRM v8 as it answers. */
export function crmDocument(file: string, document: Node): Node {
  const own = CRM_OVERLAYS[file];
  const copy = own === undefined ? document : overlaid(document, own);
  const paths = { ...nodeAt(copy, "paths") };
  for (const { path } of SUPERSEDED.filter((entry) => entry.file === file)) {
    const { get: superseded, ...kept } = nodeAt(paths, path);
    invariant(superseded !== undefined, `${file} describes GET ${path}`);
    paths[path] = kept;
  }
  if (file === "record.json") {
    for (const [path, methods] of Object.entries(STATUSES)) paths[path] = withStatuses(paths[path], methods);
    const search = `${RECORDS}/search`;
    paths[search] = withAnswer(paths[search], 400, { oneOf: SEARCH_REFUSALS });
    const count = `${RECORDS}/actions/count`;
    paths[count] = withNumericCount(paths[count]);
  }
  return { ...copy, paths };
}

function withStatuses(item: unknown, methods: Readonly<Record<string, readonly number[]>>): Node {
  const whole: Record<string, unknown> = { ...nodeAt(item) };
  for (const [method, statuses] of Object.entries(methods)) {
    const operation = nodeAt(item, method);
    const described = nodeAt(operation, "responses");
    invariant(isNode(described[200]), `record.json describes 200 of ${textAt(operation, "operationId")}`);
    const added = statuses.map((status) => {
      invariant(described[status] === undefined, `${status} of ${method} is in the description already`);
      return [status, status === 204 ? { description: "nothing" } : described[200]];
    });
    whole[method] = { ...operation, responses: { ...described, ...Object.fromEntries(added) } };
  }
  return whole;
}

function withAnswer(item: unknown, status: number, schema: Node): Node {
  const operation = nodeAt(item, "get");
  const responses = nodeAt(operation, "responses");
  const answer = { description: "", content: { "application/json": { schema } } };
  return { ...nodeAt(item), get: { ...operation, responses: { ...responses, [status]: answer } } };
}

/** The count is described as text, and a number in the sample of Get Record Count. */
function withNumericCount(item: unknown): Node {
  const copy = structuredClone(nodeAt(item));
  const schema = nodeAt(copy, "get", "responses", "200", "content", "application/json", "schema");
  const [counted] = Array.isArray(schema.oneOf) ? schema.oneOf : [];
  const properties = nodeAt(counted, "properties");
  invariant(textAt(properties.count, "type") === "string", "the count is described as text");
  Object.assign(properties, { count: { type: "integer" } });
  return copy;
}

function withDetails(described: unknown): Node {
  const parameter = { type: "object", properties: { param_name: TEXT }, required: ["param_name"] };
  const properties = {
    ...nodeAt(described, "properties"),
    maximum_length: { type: "integer" },
    ambiguity_due_to: { type: "array", items: parameter },
  };
  return { ...nodeAt(described), properties };
}

function withNullableSort(described: unknown): Node {
  const { sort_by: sortBy, ...properties } = nodeAt(described, "properties");
  invariant(sortBy !== undefined, "related lists are sorted by a field");
  return { ...nodeAt(described), properties: { ...properties, sort_by: nullable(sortBy) } };
}
