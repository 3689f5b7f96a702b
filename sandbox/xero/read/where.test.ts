import { describe, expect, it } from "vitest";
import { XeroRefusal } from "../answer";
import { type FieldReader, type FieldType, parseWhere, type WhereOptions } from "./where";

const TYPES: Readonly<Record<string, FieldType>> = {
  name: "String",
  reference: "String",
  status: "String",
  invoiceid: "Guid",
  "contact.contactid": "Guid",
  "contact.name": "String",
  amountdue: "Decimal",
  date: "DateTime",
  duedate: "DateTime",
  senttocontact: "Boolean",
};
const ID = "5c1d3a60-7b0e-4f5a-9a51-0d8e5f1c7a01";
const read: FieldReader = (path) =>
  ({
    name: 'Ann "the baker" Lee',
    reference: null,
    status: "AUTHORISED",
    invoiceid: ID,
    "contact.contactid": ID,
    "contact.name": "Ann Lee",
    amountdue: { amount: "24.00" },
    date: new Date("2026-05-10T00:00:00Z"),
    duedate: null,
    senttocontact: true,
  })[path];

const holds = (where: string, options: Partial<WhereOptions> = {}): boolean =>
  parseWhere(where, { types: TYPES, nullGuard: true, caseSensitive: false, ...options }).passes(read);

const messageOf = (where: string, options: Partial<WhereOptions> = {}): string => {
  try {
    holds(where, options);
  } catch (error) {
    if (!(error instanceof XeroRefusal)) throw error;
    expect(error.answer).toMatchObject({
      status: 400,
      body: { ErrorNumber: 16, Type: "QueryParseException" },
    });
    const { body } = error.answer;
    return typeof body === "object" && body !== null ? String(body.Message) : "";
  }
  return "(taken)";
};

describe("where", () => {
  it.each([
    ['Status=="AUTHORISED"', true],
    ['Status = "authorised"', true],
    ['Status!="AUTHORISED"', false],
    ['Status <> "PAID"', true],
    ['"AUTHORISED"==Status', true],
    ["AmountDue==24", true],
    ["AmountDue == 24.00M", true],
    ["AmountDue>24", false],
    ["AmountDue>=24.00 AND AmountDue <= 24", true],
    ["AmountDue<24.01 && AmountDue>-1", true],
    [`InvoiceID==Guid("${ID}")`, true],
    [`InvoiceID=GUID("${ID.toUpperCase()}")`, true],
    [`Contact.ContactID == Guid.Parse("{${ID}}")`, true],
    [`INVOICEID != guid("${ID}")`, false],
    ['Contact.Name.Contains("nn")', true],
    ['contact.name.startswith("ann")', true],
    ['Contact.Name.EndsWith("LEE")', true],
    ['Contact.Name.ToLower()=="ann lee"', true],
    ['Contact.Name.ToLower().Contains("NN".ToLower())', true],
    ['Contact.Name.ToUpper().EndsWith("LEE")', true],
    ['Name.Contains("""the baker""")', true],
    ['Name.Contains("\\"the baker\\"")', true],
    ["Date==DateTime(2026,5,10)", true],
    ["Date >= DateTime(2026, 05, 10) && Date < DateTime(2026, 05, 11)", true],
    ["Date>=DateTime(2026,05,10,00,00,01)", false],
    ['Date == DateTime.Parse("2026-05-10")', true],
    ['Date == DateTime.Parse("2026-05-10T00:00:00Z")', true],
    ["Date.Year==2026 AND Date.Month==5 AND Date.Day==10", true],
    ["Date.Value.Year==2025", false],
    ["DueDate.HasValue", false],
    ["DueDate==null", true],
    ["DueDate > DateTime(2020,1,1)", false],
    ["Reference==null", true],
    ["Reference != null", false],
    ['Reference!=null&&Reference.Contains("x")', false],
    ['Reference==null||Reference.Contains("x")', true],
    ["SentToContact", true],
    ["SentToContact==true", true],
    ["!SentToContact", false],
    ["NOT SentToContact", false],
    ["SentToContact != false", true],
    ["true", true],
    ['Status=="PAID" OR Status=="DRAFT" OR AmountDue==24', true],
    ['(Status=="PAID" OR AmountDue==24) AND (SentToContact)', true],
    ['Status=="PAID" OR AmountDue==24 AND SentToContact==false', false],
    ['Status=="PAID" and Status=="PAID" or AmountDue==24', true],
  ])("%s is %s", (where, expected) => {
    expect(holds(where)).toBe(expected);
  });

  it.each([
    ["Nonsense==1", "No property or field 'Nonsense' exists in this type"],
    ['Contact.Nonsense=="x"', "No property or field 'Contact.Nonsense' exists in this type"],
    [`InvoiceID=="${ID}"`, "Operator '==' incompatible with operand types 'Guid' and 'String'"],
    ['AmountDue=="24"', "Operator '==' incompatible with operand types 'Decimal?' and 'String'"],
    ['DueDate>"2024-01-01"', "Operator '>' incompatible with operand types 'DateTime?' and 'String'"],
    ['SentToContact=="true"', "Operator '==' incompatible with operand types 'Boolean?' and 'String'"],
    [`AmountDue==Guid("${ID}")`, "Operator '==' incompatible with operand types 'Decimal?' and 'Guid'"],
    ["Status>null", "Operator '>' incompatible with operand types 'String' and 'Object'"],
    ["SentToContact>true", "Operator '>' incompatible with operand types 'Boolean?' and 'Boolean'"],
    ["Status==", "Expression expected"],
    ["", "Expression expected"],
    ["((", "Expression expected"],
    ['(Status=="PAID"', "')' or operator expected"],
    ['Status=="PAID" Status', "Syntax error"],
    ['Status=="PAID', "Unterminated string literal"],
    ["Status=='PAID'", "Syntax error '''"],
    ["Status", "Expression of type 'Boolean' expected"],
    ['AmountDue AND Status=="PAID"', "Expression of type 'Boolean' expected"],
    ['AmountDue.Contains("2")', "No applicable method 'Contains' exists in type 'Decimal?'"],
    ['Name.Resembles("2")', "No applicable method 'Resembles' exists in type 'String'"],
    ["Name.Contains(2)", "No applicable method 'Contains' exists in type 'String'"],
    ["Date==DateTime(2026,13,1)", "Year, Month, and Day parameters describe an un-representable DateTime."],
    ['Date==DateTime.Parse("soon")', "String was not recognized as a valid DateTime."],
    [
      'InvoiceID==Guid("7")',
      "Guid should contain 32 digits with 4 dashes (xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx).",
    ],
    [
      'Reference.Contains("x")',
      "Where clause invocation error: Operations on optional fields must be preceded by a null guard, e.g. [FieldName] != null",
    ],
  ])("%s is refused: %s", (where, message) => {
    expect(messageOf(where)).toBe(message);
  });

  it("takes a call on an empty field for false where no guard is required", () => {
    expect(holds('Reference.Contains("x")', { nullGuard: false })).toBe(false);
  });

  it("compares text with regard to case where that is asked for", () => {
    expect(holds('Contact.Name.Contains("ANN")', { caseSensitive: true })).toBe(false);
    expect(holds('Contact.Name.ToUpper().Contains("ANN")', { caseSensitive: true })).toBe(true);
  });

  it("knows a field by its value alone where the fields are not listed", () => {
    const options: WhereOptions = { nullGuard: true, caseSensitive: false };
    expect(parseWhere('contact.name.StartsWith("A") AND Date.Year==2026', options).passes(read)).toBe(true);
    expect(() => parseWhere("Nonsense==1", options).passes(read)).toThrow(XeroRefusal);
  });
});
