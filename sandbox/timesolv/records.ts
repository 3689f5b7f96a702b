/**
 * What the simulated TimeSolv keeps: firms, the objects that its API searches, and the codes that people gave out. Fields
 * stand as the API answers them, so a search shows a record as it is stored. Which of them are known and which are our
 * own assumption is in README.md.
 */
import type { Collection, SandboxContext } from "@/sandbox/kit/types";

export interface StoredFirm {
  readonly FirmId: string;
  readonly FirmName: string;
  readonly Currency: string;
  readonly TimeZone: string;
  readonly BankAccounts: readonly {
    readonly Id: string;
    readonly Name: string;
    readonly AccountType: string;
  }[];
  readonly TaxRates: readonly { readonly Id: string; readonly Name: string; readonly Percent: number }[];
}

/** A record of the API: its id, its firm, and its fields as they are answered. */
export interface StoredRow {
  readonly firmId: string;
  readonly fields: { readonly Id: string; readonly [name: string]: unknown };
}

/** A permission: the code that a person's consent gave, which does not expire. */
export interface StoredGrant {
  readonly firmId: string;
  readonly redirectUri: string;
}

export interface StoredToken {
  readonly firmId: string;
  /** Key of the code that it was exchanged for. */
  readonly grantKey: string;
  readonly expiresMs: number;
}

/** The searches of the API by the name of their object, and the list that each answers with. */
export const OBJECTS = {
  client: "Clients",
  firmUser: "FirmUsers",
  timecard: "TimeCards",
  taskcode: "TaskCodes",
  abbreviation: "Abbreviations",
  invoice: "Invoices",
  payment: "Payments",
} as const;
export type ObjectName = keyof typeof OBJECTS;

export const OBJECT_NAMES: readonly ObjectName[] = [
  "client",
  "firmUser",
  "timecard",
  "taskcode",
  "abbreviation",
  "invoice",
  "payment",
];

export interface TimesolvRecords {
  readonly firms: Collection<StoredFirm, StoredFirm>;
  readonly grants: Collection<StoredGrant, StoredGrant>;
  readonly tokens: Collection<StoredToken, StoredToken>;
  rows(object: ObjectName): Collection<StoredRow, null>;
  /** Ids are whole numbers in the order of entry, over all objects. */
  nextId(): string;
}

interface Counter {
  readonly last: number;
}

const FIRST_ID = 100_000;

const opened = new WeakMap<SandboxContext, TimesolvRecords>();

/** The records of a context; the same object at each call. */
export function timesolvRecords(context: SandboxContext): TimesolvRecords {
  const found = opened.get(context);
  if (found !== undefined) return found;
  const made = open(context);
  opened.set(context, made);
  return made;
}

function open({ store }: SandboxContext): TimesolvRecords {
  const rows = new Map(
    OBJECT_NAMES.map((name): [ObjectName, Collection<StoredRow, null>] => [
      name,
      store.collection<StoredRow, null>(`timesolv.${name}`, () => null),
    ]),
  );
  const counters = store.collection<Counter, Counter>("timesolv.counter", (counter) => counter);
  return {
    firms: store.collection<StoredFirm, StoredFirm>("timesolv.firms", (firm) => firm),
    grants: store.collection<StoredGrant, StoredGrant>("timesolv.grants", (grant) => grant),
    tokens: store.collection<StoredToken, StoredToken>("timesolv.tokens", (token) => token),
    rows(object) {
      const collection = rows.get(object);
      if (collection === undefined) throw new Error(`no object is called "${object}"`);
      return collection;
    },
    nextId() {
      const last = (counters.head("id")?.last ?? FIRST_ID) + 1;
      counters.put("id", { last });
      return String(last);
    },
  };
}
