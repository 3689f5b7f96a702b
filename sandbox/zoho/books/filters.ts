/**
 * The query parameters that the lists of invoices, credit notes, payments, contacts and items share. A
 * parameter that Zoho's description does not name is ignored, as Zoho does.
 */
import { decimal } from "@/lib/kernel/decimal";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { BooksCall } from "./answers";

type Test<Header> = (id: string, header: Header) => boolean;

/** A filter on text: the parameter itself is equality, its variants search within. Case does not count. */
export function textTests<Header>(
  call: BooksCall,
  parameters: Readonly<Record<string, (header: Header) => string>>,
): Test<Header>[] {
  const tests: Test<Header>[] = [];
  for (const [name, read] of Object.entries(parameters)) {
    const add = (suffix: string, matches: (value: string, asked: string) => boolean): void => {
      const asked = call.query.get(`${name}${suffix}`)?.toLowerCase();
      if (asked !== undefined) tests.push((_id, header) => matches(read(header).toLowerCase(), asked));
    };
    add("", (value, asked) => value === asked);
    add("_startswith", (value, asked) => value.startsWith(asked));
    add("_contains", (value, asked) => value.includes(asked));
  }
  return tests;
}

export function dateTests<Header>(
  call: BooksCall,
  name: string,
  read: (header: Header) => string,
): Test<Header>[] {
  const tests: Test<Header>[] = [];
  const add = (suffix: string, matches: (value: string, asked: string) => boolean): void => {
    const asked = call.query.get(`${name}${suffix}`);
    if (asked !== null) tests.push((_id, header) => matches(read(header), asked));
  };
  add("", (value, asked) => value === asked);
  add("_start", (value, asked) => value >= asked);
  add("_end", (value, asked) => value <= asked);
  add("_before", (value, asked) => value < asked);
  add("_after", (value, asked) => value > asked);
  return tests;
}

export function amountTest<Header>(
  call: BooksCall,
  name: string,
  read: (header: Header) => string,
): Test<Header>[] {
  const asked = call.query.get(name);
  if (asked === null || !/^-?\d+(\.\d+)?$/.test(asked)) return [];
  return [(_id, header) => decimal(read(header)).equals(asked)];
}

/** The variants that the lists of accounts have: _equal, _not_equal, _contains, _starts_with, _ends_with. */
export function wordTests<Header>(
  call: BooksCall,
  name: string,
  read: (id: string, header: Header) => string,
): Test<Header>[] {
  const variants: readonly (readonly [string, (value: string, asked: string) => boolean])[] = [
    ["", (value, asked) => value === asked],
    ["_equal", (value, asked) => value === asked],
    ["_not_equal", (value, asked) => value !== asked],
    ["_contains", (value, asked) => value.includes(asked)],
    ["_starts_with", (value, asked) => value.startsWith(asked)],
    ["_ends_with", (value, asked) => value.endsWith(asked)],
  ];
  const tests: Test<Header>[] = [];
  for (const [suffix, matches] of variants) {
    const asked = call.query.get(`${name}${suffix}`)?.toLowerCase();
    if (asked !== undefined) tests.push((id, header) => matches(read(id, header).toLowerCase(), asked));
  }
  return tests;
}

/** The variants of an amount: equal, _less_than, _less_equals, _greater_than, _greater_equals. */
export function amountRangeTests<Header>(
  call: BooksCall,
  name: string,
  read: (header: Header) => string,
): Test<Header>[] {
  const variants = [
    ["", (order: number) => order === 0],
    ["_less_than", (order: number) => order < 0],
    ["_less_equals", (order: number) => order <= 0],
    ["_greater_than", (order: number) => order > 0],
    ["_greater_equals", (order: number) => order >= 0],
  ] as const;
  const tests: Test<Header>[] = [];
  for (const [suffix, matches] of variants) {
    const asked = call.query.get(`${name}${suffix}`);
    if (asked === null || !/^-?\d+(\.\d+)?$/.test(asked)) continue;
    tests.push((_id, header) => matches(decimal(read(header)).comparedTo(asked)));
  }
  return tests;
}

/** search_text within any of the texts. */
export function searchTests<Header>(
  call: BooksCall,
  read: (header: Header) => readonly string[],
): Test<Header>[] {
  const asked = call.query.get("search_text")?.toLowerCase() ?? "";
  return asked === ""
    ? []
    : [(_id, header) => read(header).some((text) => text.toLowerCase().includes(asked))];
}

/** filter_by=Status.Active or Status.Inactive. */
export function statusTests<Header>(call: BooksCall, isActive: (header: Header) => boolean): Test<Header>[] {
  const status = /^Status\.(Active|Inactive)$/.exec(call.query.get("filter_by") ?? "")?.[1];
  return status === undefined ? [] : [(_id, header) => isActive(header) === (status === "Active")];
}

/** last_modified_time, "2026-07-01T10:30:00+0100"; Err when it is no such time. */
export function modifiedTests<Header extends { readonly modified: string }>(
  call: BooksCall,
): Result<Test<Header>[], string> {
  const asked = call.query.get("last_modified_time");
  if (asked === null) return ok([]);
  // A plus that was not encoded arrives as a space.
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:Z|([+\- ])(\d{2}):?(\d{2}))$/.exec(asked);
  const instant = match === null ? Number.NaN : instantOf(match);
  if (Number.isNaN(instant)) return err("last_modified_time");
  const threshold = `${new Date(instant).toISOString().slice(0, 19)}Z`;
  const inclusive = call.context.switches.get("zoho.modified-since") === "inclusive";
  return ok([(_id, header) => header.modified > threshold || (inclusive && header.modified === threshold)]);
}

function instantOf([, local = "", sign, hours = "00", minutes = "00"]: RegExpExecArray): number {
  const offset = `${sign === "-" ? "-" : "+"}${hours}:${minutes}`;
  return Date.parse(`${local}${offset}`);
}

/** Those records that pass every test, without reading on once enough were taken. */
export function matching<Header>(
  records: Iterable<readonly [string, Header]>,
  tests: readonly Test<Header>[],
): Iterable<readonly [string, Header]> {
  return tests.length === 0 ? records : passing(records, tests);
}

function* passing<Header>(
  records: Iterable<readonly [string, Header]>,
  tests: readonly Test<Header>[],
): Generator<readonly [string, Header]> {
  for (const record of records) if (tests.every((test) => test(record[0], record[1]))) yield record;
}
