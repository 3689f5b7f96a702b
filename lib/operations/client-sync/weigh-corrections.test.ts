import { describe, expect, it } from "vitest";
import type { MappingRow } from "@/lib/domain/views/client-sync-view";
import { readCorrections } from "./read-corrections";
import { weighCorrections } from "./weigh-corrections";

const LABELS = { sourceLabel: "TimeSolv", ledgerLabel: "Xero" };

const aRow = (row: Partial<MappingRow>): MappingRow => ({
  ...{ status: "toAdd", sourceName: "", sourceExternalId: "", ledgerName: "", ledgerExternalId: "" },
  ...{ isArchived: false, remark: "", ...row },
});
const client = (id: string, name: string, more: Partial<MappingRow> = {}): MappingRow =>
  aRow({ sourceExternalId: id, sourceName: name, ...more });
const contact = (id: string, name: string, isArchived = false): MappingRow =>
  aRow({ status: "ledgerOnly", ledgerExternalId: id, ledgerName: name, isArchived });

const PRESENT = [
  client("1", "Bramley & Sons", { status: "needsYou" }),
  client("2", "Ann Lee", { status: "matched", ledgerName: "Ann Lee", ledgerExternalId: "x-ann" }),
  client("3", "Gone Ltd", { status: "leftOut", remark: "It was put aside." }),
  contact("x-bramley", "Bramley and Sons"),
  contact("x-old", "Penrose", true),
  contact("x-twin-1", "Twin"),
  contact("x-twin-2", "Twin"),
];

const weigh = (...typed: readonly (readonly [id: string, ledgerName: string])[]) => {
  const rows = typed.map(([sourceExternalId, ledgerName], index) => ({
    row: index + 2,
    sourceExternalId,
    ledgerName,
  }));
  const weighed = weighCorrections(rows, PRESENT, LABELS);
  return weighed.ok
    ? weighed.value.map((one) => [one.client.sourceExternalId, one.contact?.externalId ?? null])
    : weighed.error.message;
};

describe("a corrected file", () => {
  it("changes what was changed in it and nothing else", () => {
    expect(weigh(["1", ""], ["2", "Ann Lee"], ["3", ""])).toEqual([]);
    expect(weigh(["1", "bramley AND sons"], ["2", "Ann Lee"])).toEqual([["1", "x-bramley"]]);
    expect(weigh(["1", "x-twin-2"], ["2", ""])).toEqual([
      ["1", "x-twin-2"],
      ["2", null],
    ]);
  });

  it.each([
    ["a name that no contact has", "1", "Bramley", /Row 3: Xero has no contact called “Bramley”/],
    ["an archived contact", "1", "Penrose", /Row 3: “Penrose” is archived in Xero: make it active there/],
    ["a name that several have", "1", "Twin", /Row 3: Xero has several contacts called “Twin”: write the ID/],
    ["a client that is left out", "3", "x-twin-1", /Row 3: Gone Ltd is left out. It was put aside/],
    ["a client that is not there", "9", "x-twin-1", /Row 3: TimeSolv has no client with the ID 9/],
  ] as const)("is refused whole for %s", (_why, id, ledgerName, sentence) => {
    expect(weigh(["2", ""], [id, ledgerName])).toMatch(sentence);
  });

  it("may give one client the contact that another one of the same file gives up, and no two the same", () => {
    expect(weigh(["2", ""], ["1", "Ann Lee"])).toEqual([
      ["2", null],
      ["1", "x-ann"],
    ]);
    expect(weigh(["1", "Ann Lee"])).toMatch(/Row 2: Ann Lee is Ann Lee already/);
    expect(weigh(["1", "Bramley and Sons"], ["2", "Bramley and Sons"])).toMatch(
      /Row 3: .* is Bramley & Sons already/,
    );
  });
});

describe("the rows of a file", () => {
  const titles = ["Status", "Xero contact", "TimeSolv ID"];
  const read = (...rows: readonly (readonly string[])[]) =>
    readCorrections(
      rows.map((cells, index) => ({ row: index + 1, cells })),
      LABELS,
    );

  it("are found by their titles, and those without a client are passed over", () => {
    const rows = [titles, ["Matched", " Ann Lee ", "2"], ["", "City", ""], ["", "'=Odd Ltd", "3"]];
    expect(read(...rows)).toEqual({
      ok: true,
      value: [
        { row: 2, sourceExternalId: "2", ledgerName: "Ann Lee" },
        { row: 4, sourceExternalId: "3", ledgerName: "=Odd Ltd" },
      ],
    });
  });

  it("are refused without the two columns, and where a client stands twice", () => {
    expect(read(["Name"])).toMatchObject({ ok: false });
    expect(read(titles, ["", "", "2"], ["", "", "2"])).toMatchObject({
      error: { message: "Row 3: this client stands in the file twice." },
    });
  });
});
