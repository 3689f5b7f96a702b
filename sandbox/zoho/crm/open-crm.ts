/**
 * The collections of the simulated CRM: a data centre has one, that of its first Books organisation.
 * Instants are kept as ISO text to the second. Nothing here knows HTTP.
 */
import { type Books, openTable, type Table } from "../books/open-books";
import { productTables, type TextIndex, textIndex } from "../product-tables";
import { MODULE_NAMES, MODULES, type ModuleName } from "./modules";

/** A value as it was sent, past validation; a lookup is the id of what it names. */
export type FieldValue = string | number | boolean | null;

export interface StoredCrmRecord {
  readonly values: Readonly<Record<string, FieldValue>>;
  readonly ownerId: string;
  /** "2026-07-01T09:30:00Z" */
  readonly created: string;
  readonly modified: string;
  /** A lead that became a contact: hidden from lists, closed to changes. */
  readonly converted?: boolean;
}

export interface StoredDeletion {
  readonly displayName: string;
  readonly time: string;
}

export interface StoredChannel {
  readonly channelId: string;
  /** "Leads.create" */
  readonly events: readonly string[];
  readonly expires: string;
  readonly token: string | null;
  readonly notifyUrl: string;
  readonly returnAffectedValues: boolean;
  readonly created: string;
}

/** The body that Zoho posts to a channel's address. */
export interface CrmNotification {
  readonly server_time?: number;
  readonly query_params?: Readonly<Record<string, string>>;
  readonly module: string;
  readonly resource_uri?: string;
  readonly ids: readonly string[];
  readonly affected_fields?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly affected_values?: readonly {
    readonly record_id: string;
    readonly values: Readonly<Record<string, unknown>>;
  }[];
  readonly operation: "insert" | "update" | "delete";
  readonly channel_id: string;
  readonly token: string | null;
}

export interface QueuedNotification {
  readonly notifyUrl: string;
  readonly payload: CrmNotification;
}

export type CrmTable = Table<StoredCrmRecord, StoredCrmRecord>;

export interface Crm {
  readonly books: Books;
  readonly records: Readonly<Record<ModuleName, CrmTable>>;
  /** By the field that an upsert checks by itself. */
  readonly natural: Readonly<Record<ModuleName, TextIndex>>;
  readonly deleted: Readonly<Record<ModuleName, Table<StoredDeletion, StoredDeletion>>>;
  /** By channel id. */
  readonly channels: Table<StoredChannel, StoredChannel>;
  readonly notifications: Table<QueuedNotification, QueuedNotification>;
}

/** The CRM of an organisation, or the shared one; the same object at each call. */
export const openCrm = productTables((context, books): Crm => {
  const whole = <Body>(name: string): Table<Body, Body> =>
    openTable(context, `crm-${name}`, (body: Body) => body);
  const perModule = <T>(make: (module: ModuleName) => T): Record<ModuleName, T> => ({
    Leads: make("Leads"),
    Contacts: make("Contacts"),
    Accounts: make("Accounts"),
    Deals: make("Deals"),
  });
  const records = perModule((module): CrmTable => whole(module.toLowerCase()));
  return {
    books,
    records,
    natural: perModule((module) =>
      textIndex(records[module], ({ values }) => String(values[MODULES[module].duplicateCheck] ?? "")),
    ),
    deleted: perModule((module) => whole<StoredDeletion>(`deleted-${module.toLowerCase()}`)),
    channels: whole("channels"),
    notifications: whole("notifications"),
  };
});

/** Every module with its records. */
export const eachModule = (crm: Crm): readonly (readonly [ModuleName, CrmTable])[] =>
  MODULE_NAMES.map((name) => [name, crm.records[name]] as const);

/** What a field of a record that makes its name shows; "" where there is none. */
export function displayName(module: ModuleName, { values }: StoredCrmRecord): string {
  if (module === "Leads" || module === "Contacts")
    return [values.First_Name, values.Last_Name].filter((part) => typeof part === "string").join(" ");
  return String(values[MODULES[module].display] ?? "");
}
