import { describe, expect, it } from "vitest";
import { readOrderLines } from "./order-lines";

const HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";
const GOOD = "536365,85123A,WHITE HEART,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom";

function read(...lines: string[]) {
  const rows = [...readOrderLines("day.csv", `${[HEADER, ...lines].join("\n")}\n`)];
  return {
    rows: rows.flatMap((row) => (row.ok ? [row.value] : [])),
    rejected: rows.flatMap((row) => (row.ok ? [] : [row.error])),
  };
}

describe("a well-formed line", () => {
  it("gives its fields, the customer without the decimal that spreadsheets add", () => {
    expect(read(GOOD).rows).toEqual([
      {
        number: "536365",
        code: "85123A",
        description: "WHITE HEART",
        quantity: "6",
        time: "2010-12-01 08:26:00",
        price: "2.55",
        customer: "17850",
        country: "United Kingdom",
      },
    ]);
  });

  it("keeps commas and quotes of a quoted description", () => {
    const { rows } = read(
      '536381,82567,"AIRLINE LOUNGE,METAL SIGN",2,2010-12-01 09:41:00,2.1,15311.0,United Kingdom',
      '536477,22041,"RECORD FRAME 7"" SINGLE SIZE ",48,2010-12-01 12:27:00,2.1,16210.0,United Kingdom',
    );
    expect(rows.map(({ description }) => description)).toEqual([
      "AIRLINE LOUNGE,METAL SIGN",
      'RECORD FRAME 7" SINGLE SIZE ',
    ]);
  });

  it("keeps a bare quote in the middle of a description", () => {
    const { rows } = read('536477,22041,RECORD FRAME 7" SIZE,48,2010-12-01 12:27:00,2.1,,United Kingdom');
    expect(rows[0]?.description).toBe('RECORD FRAME 7" SIZE');
  });

  it("keeps characters beyond ASCII", () => {
    const { rows } = read("536477,22041,Gift £20 ‘Ångström’ 🎁 日本,1,2010-12-01 12:27:00,2.1,,EIRE");
    expect(rows[0]?.description).toBe("Gift £20 ‘Ångström’ 🎁 日本");
  });

  it("may have a description that runs over several lines", () => {
    const { rows, rejected } = read(
      '536477,22041,"RECORD',
      'FRAME",48,2010-12-01 12:27:00,2.1,,United Kingdom',
      GOOD,
    );
    expect(rejected).toEqual([]);
    expect(rows.map(({ description }) => description)).toEqual(["RECORD\nFRAME", "WHITE HEART"]);
  });

  it("is read alike with carriage returns, a byte order mark and blank lines", () => {
    const text = `\uFEFF${HEADER}\r\n${GOOD}\r\n\r\n${GOOD}\r\n`;
    expect([...readOrderLines("day.csv", text)].map((row) => row.ok)).toEqual([true, true]);
  });

  it("is found by the names in the header, whatever their order", () => {
    const text =
      "Country,InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID\nEIRE,1,A1,X,2,2011-07-01 10:00:00,3.5,12345\n";
    const [row] = [...readOrderLines("day.csv", text)];
    expect(row).toMatchObject({ ok: true, value: { number: "1", country: "EIRE", customer: "12345" } });
  });
});

describe("a malformed line", () => {
  it.each([
    ["536365,85123A,WHITE HEART,6,2010-12-01 08:26:00,2.55,17850.0", "7 columns instead of 8"],
    ["536365,85123A,WHITE, HEART,6,2010-12-01 08:26:00,2.55,17850.0,UK", "9 columns instead of 8"],
    [",85123A,WHITE HEART,6,2010-12-01 08:26:00,2.55,17850.0,UK", "InvoiceNo is empty"],
    ["536365, ,WHITE HEART,6,2010-12-01 08:26:00,2.55,17850.0,UK", "StockCode is empty"],
    [
      "536365,85123A,WHITE HEART,six,2010-12-01 08:26:00,2.55,17850.0,UK",
      'Quantity "six" is not a whole number',
    ],
    [
      "536365,85123A,WHITE HEART,1.5,2010-12-01 08:26:00,2.55,17850.0,UK",
      'Quantity "1.5" is not a whole number',
    ],
    ["536365,85123A,WHITE HEART,6,2010-12-01 08:26:00,,17850.0,UK", 'UnitPrice "" is not a number'],
    ["536365,85123A,WHITE HEART,6,2010-12-01 08:26:00,£2,17850.0,UK", 'UnitPrice "£2" is not a number'],
    [
      "536365,85123A,WHITE HEART,6,2011-02-30 08:26:00,2.55,17850.0,UK",
      'InvoiceDate "2011-02-30 08:26:00" is not a date and time',
    ],
    [
      "536365,85123A,WHITE HEART,6,12/1/2010 8:26,2.55,17850.0,UK",
      'InvoiceDate "12/1/2010 8:26" is not a date and time',
    ],
  ])("is rejected with file, line and reason, and costs nothing else: %s", (line, reason) => {
    const { rows, rejected } = read(GOOD, line, GOOD);
    expect(rejected).toEqual([{ file: "day.csv", line: 3, reason }]);
    expect(rows).toHaveLength(2);
  });

  it("with a quote that is never closed swallows none of the lines behind it", () => {
    const quoted =
      '536381,82567,"AIRLINE LOUNGE,METAL SIGN",2,2010-12-01 09:41:00,2.1,15311.0,United Kingdom';
    const { rows, rejected } = read(
      GOOD,
      '536366,22633,"HAND WARMER,6,2010-12-01 08:28:00,1.85,17850.0,UK',
      quoted,
      GOOD,
    );
    expect(rejected).toEqual([{ file: "day.csv", line: 3, reason: "a quote is never closed" }]);
    expect(rows.map(({ number }) => number)).toEqual(["536365", "536381", "536365"]);
  });

  it("with a quote that is never closed at the end of the file is rejected alone", () => {
    const { rows, rejected } = read(GOOD, '536366,22633,"HAND WARMER,6,2010-12-01 08:28:00,1.85,17850.0,UK');
    expect(rejected).toHaveLength(1);
    expect(rows).toHaveLength(1);
  });
});
