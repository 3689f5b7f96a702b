/**
 * What the CRM tells of itself: organisation, users, modules and their fields, in the shape of the descriptions
 * org.json, users.json, modules.json and fields.json of Zoho's CRM v8.
 */
import { jsonAnswer } from "@/sandbox/kit/answers";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { currencyByCode } from "../books/write-document";
import { type CrmCall, crmError, NO_CONTENT, refuseCrm } from "./answers";
import { fieldId, fieldWire, PROFILE } from "./field-wire";
import { findModule, MODULE_NAMES, MODULES, type ModuleDefinition } from "./modules";
import { crmTime } from "./record-wire";

const ORG_ID = "480211000000000471";
/** A 32-bit number, as described, unlike the organisation's own. */
const ZIA_ZGID = 652_310_047;
const ROLE = { name: "CEO", id: "480211000000026005" } as const;
const MADE = "2010-11-15T09:00:00Z";

export function getOrg(call: CrmCall): SandboxResponse {
  const [entry] = [...call.crm.books.organizations.heads()];
  if (entry === undefined) return NO_CONTENT;
  const [id, organization] = entry;
  const currency = currencyByCode(call.crm.books, organization.currencyCode);
  return jsonAnswer(200, {
    org: [
      {
        ...{ country: "United Kingdom", photo_id: "", city: "Falmouth", description: "", mc_status: false },
        ...{ gapps_enabled: false, translation_enabled: false, street: "1 Custom House Quay", alias: "" },
        ...{ domain_name: `org${id}`, state: "", fax: "", zip: "TR11 3JT", mobile: "", phone: "" },
        currency: currency.name,
        id: ORG_ID,
        employee_count: "12",
        website: "https://tidewatergifts.test",
        currency_symbol: currency.symbol,
        currency_locale: "en_GB",
        primary_zuid: call.user.id,
        zia_portal_id: id,
        time_zone: organization.timeZone,
        zgid: id,
        country_code: organization.countryCode,
        deletable_org_account: true,
        license_details: {
          paid_expiry: "2027-11-15T00:00:00Z",
          users_license_purchased: 5,
          trial_type: "",
          trial_expiry: "",
          paid: true,
          paid_type: organization.plan.toLowerCase(),
          trial_action: "",
        },
        hierarchy_preferences: { type: "Role_Hierarchy", strictly_reporting: false },
        company_name: organization.name,
        privacy_settings: false,
        primary_email: organization.email,
        iso_code: organization.currencyCode,
        hipaa_compliance_enabled: false,
        lite_users_enabled: false,
        max_per_page: 200,
        ezgid: id,
        call_icon: "",
        oauth_presence: true,
        zia_zgid: ZIA_ZGID,
        checkin_preferences: { restricted_event_types: "" },
        type: "Production",
        created_time: crmTime(organization.created, call.timeZone),
      },
    ],
  });
}

function userWire(call: CrmCall) {
  const [firstName = "", ...rest] = call.user.name.split(" ");
  const self = { name: call.user.name, id: call.user.id, email: call.user.email };
  return {
    id: call.user.id,
    zuid: call.user.id,
    first_name: firstName,
    last_name: rest.join(" "),
    full_name: call.user.name,
    email: call.user.email,
    status: "active",
    confirm: true,
    role: ROLE,
    profile: PROFILE,
    created_by: self,
    created_time: crmTime(MADE, call.timeZone),
    Modified_Time: crmTime(MADE, call.timeZone),
    language: "en_GB",
    locale: "en_GB",
    country_locale: "en_GB",
    time_format: "HH:mm",
    date_format: "MMM d, yyyy",
    time_zone: call.timeZone,
    category: "regular_user",
    personal_account: false,
  };
}

const ONE_USER = { per_page: 200, count: 1, page: 1, more_records: false } as const;

/** GET /users?type=AllUsers|ActiveUsers|CurrentUser|... */
export function listUsers(call: CrmCall): SandboxResponse {
  const type = call.query.get("type");
  const none = ["DeactiveUsers", "NotConfirmedUsers", "DeletedUsers"].includes(type ?? "");
  const ids = call.query.get("ids")?.split(",");
  if (none || (ids !== undefined && !ids.includes(call.user.id))) return NO_CONTENT;
  return jsonAnswer(200, {
    users: [userWire(call)],
    info: ONE_USER,
  });
}

export function getUser(call: CrmCall, id: string): SandboxResponse {
  return id === call.user.id
    ? jsonAnswer(200, { users: [userWire(call)], info: ONE_USER })
    : refuseCrm(
        400,
        crmError("INVALID_DATA", "the id given seems to be invalid", { resource_path_index: 0 }),
      );
}

export const listModules = (call: CrmCall): SandboxResponse =>
  jsonAnswer(200, { modules: MODULE_NAMES.map((name) => moduleWire(call, MODULES[name])) });

export function getModule(call: CrmCall, asked: string): SandboxResponse {
  const module =
    findModule(asked) ?? MODULE_NAMES.map((name) => MODULES[name]).find(({ id }) => id === asked);
  return module === undefined
    ? refuseCrm(
        400,
        crmError("INVALID_MODULE", "the module name given seems to be invalid", { resource_path_index: 2 }),
      )
    : jsonAnswer(200, { modules: [moduleWire(call, module)] });
}

function moduleWire(call: CrmCall, module: ModuleDefinition) {
  const { name, id } = module;
  const yes = true;
  const no = false;
  return {
    ...{ has_more_profiles: no, sub_menu_available: no, "common.search_supported": yes, deletable: yes },
    ...{ creatable: yes, recycle_bin_on_delete: yes, inventory_template_supported: no },
    ...{ presence_sub_menu: no, triggers_supported: yes, chart_view: no, isBlueprintSupported: yes },
    ...{ visible: yes, editable: yes, emailTemplate_support: yes, email_parser_supported: yes },
    ...{ filter_supported: yes, show_as_tab: yes, viewable: yes, api_supported: yes, quick_create: yes },
    ...{ feeds_required: yes, scoring_supported: yes, webform_supported: yes, chart_view_supported: yes },
    ...{ track_current_data: no, kanban_view_supported: yes, kanban_view: no, filter_status: yes },
    ...{ zia_view: no, convertable: name === "Leads" },
    id,
    api_name: name,
    module_name: name,
    singular_label: module.singular,
    plural_label: name,
    description: "",
    modified_time: crmTime(MADE, call.timeZone),
    visibility: 1,
    web_link: "",
    sequence_number: MODULE_NAMES.indexOf(name) + 1,
    generated_type: "default",
    status: "visible",
    arguments: [],
    profile_count: 1,
    business_card_field_limit: 5,
    modified_by: { name: call.user.name, id: call.user.id },
    profiles: [PROFILE],
    parent_module: {},
    activity_badge: "Disabled",
    $field_states: [],
    business_card_fields: [],
    per_page: 200,
    $properties: [],
    $on_demand_properties: [],
    search_layout_fields: [module.display],
    lookup_field_properties: { fields: [] },
    related_lists: [],
    related_list_properties: { sort_by: null, fields: [], sort_order: null },
    display_field: { api_name: module.display, id: fieldId(module, module.display) },
    layouts: [],
    fields: module.fields.map((field, index) => fieldWire(call, module, field, index)),
    default_mapping_fields: [],
    layout_associations: [],
  };
}

/** GET /settings/fields?module=Leads */
export function listFields(call: CrmCall): SandboxResponse {
  const asked = call.query.get("module");
  // fields.json names the parameter once, where the documents of records name it twice.
  if (asked === null)
    return refuseCrm(
      400,
      crmError("REQUIRED_PARAM_MISSING", "One of the expected parameter is missing", {
        param_name: "module",
      }),
    );
  const module = findModule(asked);
  if (module === null)
    return refuseCrm(400, crmError("INVALID_MODULE", "the module name given seems to be invalid"));
  return jsonAnswer(200, {
    fields: module.fields.map((field, index) => fieldWire(call, module, field, index)),
  });
}
