/** A field of a CRM module as Zoho describes it in fields.json of CRM v8. */
import type { CrmCall } from "./answers";
import { LEAD_MAPPING } from "./lead-mapping";
import { type FieldDefinition, MODULE_NAMES, MODULES, type ModuleDefinition } from "./modules";

/** The one profile that the organisation has. */
export const PROFILE = { name: "Administrator", id: "480211000000026011" } as const;

/** Ids of fields follow from their place, so that they need no store. */
export function fieldId(module: ModuleDefinition, name: string): string {
  const place = module.fields.findIndex((field) => field.name === name);
  return (
    BigInt(module.id) +
    1_000n * BigInt(MODULE_NAMES.indexOf(module.name) + 1) +
    BigInt(place)
  ).toString();
}

const JSON_TYPES: Readonly<Partial<Record<FieldDefinition["type"], string>>> = {
  ...{ integer: "integer", currency: "double", boolean: "boolean", lookup: "jsonobject" },
  ownerlookup: "jsonobject",
};

export function fieldWire(call: CrmCall, module: ModuleDefinition, field: FieldDefinition, index: number) {
  const writable = !field.readOnly;
  const yes = true;
  const no = false;
  return {
    ...{ webhook: yes, blueprint_supported: yes, virtual_field: no, custom_field: no, visible: yes },
    ...{ businesscard_supported: yes, filterable: yes, available_in_user_layout: yes, sortable: yes },
    ...{ pick_list_values_sorted_lexically: no, separator: no, searchable: yes, number_separator: no },
    ...{ enable_colour_code: no, colour_code_enabled_by_system: no, hipaa_compliance_enabled: no },
    ...{ _update_existing_records: no, static_field: no, mass_update: writable },
    system_mandatory: field.mandatory,
    read_only: field.readOnly,
    field_read_only: field.readOnly,
    display_field: field.name === module.display,
    operation_type: {
      web_update: writable,
      api_create: writable,
      web_create: writable,
      api_update: writable,
    },
    associated_module: null,
    sequence_number: index + 1,
    customizable_properties: [],
    layout_associations: [],
    json_type: JSON_TYPES[field.type] ?? "string",
    data_type: field.type,
    created_source: "default",
    type: "used",
    display_label: field.label,
    field_label: field.label,
    column_name: field.name.toUpperCase(),
    api_name: field.name,
    display_type: -1,
    ui_type: 1,
    length: field.length,
    decimal_place: field.type === "currency" ? 2 : null,
    email_parser: { fields_update_supported: no, record_operations_supported: no },
    rollup_summary: {},
    created_time: null,
    modified_time: null,
    show_type: 7,
    category: 1,
    id: fieldId(module, field.name),
    multi_module_lookup: {},
    currency: {},
    file_upolad_optionlist: [],
    lookup: field.lookup === undefined ? {} : lookupWire(module, field, MODULES[field.lookup]),
    profiles: [{ permission_type: "read_write", ...PROFILE }],
    view_type: { view: yes, edit: writable, quick_create: no, create: writable },
    unique: uniqueWire(call, module, field),
    subform: null,
    external: null,
    formula: {},
    private: null,
    ...(module.name === "Leads" ? { convert_mapping: convertMapping(field) } : {}),
    multiselectlookup: {},
    auto_number: {},
    pick_list_values: (field.values ?? []).map((value, place) => ({
      colour_code: null,
      actual_value: value,
      type: "used",
      id: (BigInt(fieldId(module, field.name)) * 10n + BigInt(place)).toString(),
      sequence_number: place + 1,
      display_value: value,
      reference_value: value,
    })),
    crypt: null,
    tooltip: null,
    history_tracking: null,
    association_details: null,
    allowed_modules: [],
    additional_column: null,
    "common.picklist": {},
    hipaa_compliance: null,
  };
}

const convertMapping = ({ name }: FieldDefinition) => ({
  Contacts: LEAD_MAPPING.Contacts[name] ?? null,
  Deals: null,
  Accounts: LEAD_MAPPING.Accounts[name] ?? null,
});

function lookupWire(module: ModuleDefinition, field: FieldDefinition, target: ModuleDefinition) {
  return {
    display_label: module.name,
    api_name: null,
    query_details: { query_id: null },
    module: { api_name: target.name, id: target.id },
    id: fieldId(module, field.name),
    revalidate_filter_during_edit: false,
    show_fields: [],
  };
}

function uniqueWire(call: CrmCall, module: ModuleDefinition, field: FieldDefinition): object {
  const unique = field.name === "Email" && module.duplicateCheck === "Email";
  return unique && call.context.switches.get("zoho.crm-unique-email") === "yes"
    ? { casesensitive: "false" }
    : {};
}
