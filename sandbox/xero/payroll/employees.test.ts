import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { PACIFIC_TENANT_ID } from "@/sandbox/seed/xero-australia";
import { TIDEWATER_TENANT_ID } from "@/sandbox/seed/xero-organisation";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { type Answered, connectXero } from "../test-client";

let sandbox: RunningSandbox;
let token: string;
beforeEach(async () => {
  sandbox = await startSandbox({
    port: 0,
    limitSpeed: 1_000_000,
    clock: createFrozenClock("2026-06-01T09:00:00Z"),
  });
  token = await tokenFor(PACIFIC_TENANT_ID, "payroll.employees");
});
afterEach(() => sandbox.stop());

const tokenFor = async (tenant: string, scope: string): Promise<string> =>
  (await connectXero(sandbox.origin, { tenant, scope })).tokens.access_token;

async function payroll(
  method: string,
  path: string,
  options: { body?: unknown; tenant?: string; bearer?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number; json: Answered }> {
  const response = await fetch(`${sandbox.origin}/xero/api/payroll.xro/1.0${path}`, {
    method,
    headers: {
      authorization: `Bearer ${options.bearer ?? token}`,
      "xero-tenant-id": options.tenant ?? PACIFIC_TENANT_ID,
      accept: "application/json",
      "content-type": "application/json",
      ...options.headers,
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  const text = await response.text();
  return { status: response.status, json: text.startsWith("{") ? JSON.parse(text) : {} };
}

const JACK = {
  FirstName: "Jack",
  LastName: "Sparrow",
  DateOfBirth: "/Date(572313600000+0000)/",
  StartDate: "2019-01-11",
  Gender: "M",
  Phone: "4153332323",
  JobTitle: "Captain",
  HomeAddress: { AddressLine1: "1 Green St", City: "Sydney", Region: "NSW", PostalCode: "2000" },
};

describe("Australian payroll employees", () => {
  it("are made from a bare list, read one by one in full and listed in short", async () => {
    const { status, json } = await payroll("POST", "/Employees", { body: [JACK] });
    expect(status).toBe(200);
    const [jack] = json.Employees;
    expect(jack).toMatchObject({
      FirstName: "Jack",
      Status: "ACTIVE",
      DateOfBirth: "/Date(572313600000+0000)/",
      StartDate: "/Date(1547164800000+0000)/",
      JobTitle: "Captain",
      HomeAddress: { Region: "NSW", Country: "AUSTRALIA" },
    });
    const one = await payroll("GET", `/employees/${jack.EmployeeID}`);
    expect(one.json).toMatchObject({ Status: "OK", Employees: [jack] });
    const listed = await payroll("GET", '/Employees?where=Status=="ACTIVE"&order=LastName');
    expect(listed.json.Employees).toHaveLength(1);
    expect(listed.json.Employees[0]).toMatchObject({ EmployeeID: jack.EmployeeID, Phone: "4153332323" });
    expect(listed.json.Employees[0]).not.toHaveProperty("HomeAddress");
    expect(listed.json).not.toHaveProperty("pagination");
  });

  it("are updated by POST, and terminated by their last day", async () => {
    const [jack] = (await payroll("POST", "/Employees", { body: JACK })).json.Employees;
    const path = `/Employees/${jack.EmployeeID}`;
    const updated = await payroll("POST", path, { body: [{ LastName: "Swan" }] });
    expect(updated.json.Employees[0]).toMatchObject({ FirstName: "Jack", LastName: "Swan" });
    const ended = await payroll("POST", path, { body: [{ TerminationDate: "2026-05-31" }] });
    expect(ended.json.Employees[0].Status).toBe("TERMINATED");
    expect((await payroll("GET", `/Employees/${TIDEWATER_TENANT_ID}`)).status).toBe(404);
    expect((await payroll("POST", `/Employees/${TIDEWATER_TENANT_ID}`, { body: [] })).status).toBe(404);
  });

  it("need a first name, a last name and a day of birth; one bad one refuses all", async () => {
    const { status, json } = await payroll("POST", "/Employees", { body: [JACK, {}] });
    expect(status).toBe(400);
    expect(json).toMatchObject({ ErrorNumber: 10, Type: "ValidationException" });
    expect(json.Elements[0].ValidationErrors.map(({ Message }: Answered) => Message)).toEqual([
      "The First Name is required.",
      "The Last Name is required.",
      "The Date of Birth is required.",
    ]);
    expect((await payroll("GET", "/Employees")).json.Employees).toEqual([]);
    sandbox.context.switches.set("xero.payroll-validation", "employees");
    const listed = await payroll("POST", "/Employees", { body: [{}] });
    expect(listed.status).toBe(400);
    expect(listed.json.Employees[0].ValidationErrors).toHaveLength(3);
  });

  it("have a known gender and state, and are born already", async () => {
    const refused = async (fields: object): Promise<string> => {
      const { json } = await payroll("POST", "/Employees", { body: [{ ...JACK, ...fields }] });
      return json.Elements[0].ValidationErrors.map(({ Message }: Answered) => Message).join(" ");
    };
    expect(await refused({ Gender: "X" })).toBe("The Gender 'X' is not valid.");
    expect(await refused({ DateOfBirth: "2030-01-01" })).toBe("The Date of Birth cannot be in the future.");
    expect(await refused({ HomeAddress: { ...JACK.HomeAddress, Region: "KENT" } })).toBe(
      "The Region 'KENT' is not a state of Australia.",
    );
  });

  it("exist for Australian organisations alone", async () => {
    const bearer = await tokenFor(TIDEWATER_TENANT_ID, "payroll.employees");
    const british = { tenant: TIDEWATER_TENANT_ID, bearer };
    expect((await payroll("GET", "/Employees", british)).status).toBe(403);
    sandbox.context.switches.set("xero.missing-permission", "401");
    expect((await payroll("POST", "/Employees", { ...british, body: [JACK] })).status).toBe(401);
  });

  it("need the payroll scope, for writes the full one, and no accounting scope opens them", async () => {
    const reader = await tokenFor(PACIFIC_TENANT_ID, "payroll.employees.read");
    expect((await payroll("GET", "/Employees", { bearer: reader })).status).toBe(200);
    expect((await payroll("POST", "/Employees", { bearer: reader, body: [JACK] })).status).toBe(401);
    const other = await tokenFor(PACIFIC_TENANT_ID, "accounting.settings");
    expect((await payroll("GET", "/Employees", { bearer: other })).status).toBe(401);
  });

  it("are made once for an idempotency key, and come a hundred to a page", async () => {
    const headers = { "idempotency-key": "one" };
    const body = Array.from({ length: 101 }, (_, index) => ({ ...JACK, LastName: `L${index}` }));
    const first = await payroll("POST", "/Employees", { body, headers });
    const again = await payroll("POST", "/Employees", { body, headers });
    expect(again.json).toEqual(first.json);
    expect((await payroll("GET", "/Employees")).json.Employees).toHaveLength(100);
    expect((await payroll("GET", "/Employees?page=2")).json.Employees).toHaveLength(1);
  });

  it("are counted in the call log under their own operation", async () => {
    await payroll("GET", "/Employees");
    const entries = sandbox.callLog.entries();
    expect(entries.at(-1)).toMatchObject({ operation: "/Employees", tenant: PACIFIC_TENANT_ID });
  });
});
