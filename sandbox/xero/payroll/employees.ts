/**
 * Employees of Xero's Australian payroll (payroll.xro/1.0), which answers in PascalCase and only for
 * Australian organisations. Details that nothing here reads are kept and given back as they came; pay, leave
 * and super are not simulated.
 */
import { z } from "zod";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Wire } from "../answer";
import type { Books } from "../books";
import { dayOf, wireDay, wireInstant } from "../dates";
import { perBooks } from "../per-books";
import { present } from "../present/amount";
import type { Kept, Passed } from "../records";
import type { Table } from "../table";
import { optionalDay, words } from "../write/input";

export interface Employee extends Kept {
  readonly firstName: string;
  readonly lastName: string;
  readonly dateOfBirth: string;
  readonly startDate: string | null;
  readonly terminationDate: string | null;
  readonly email: string | null;
  readonly status: "ACTIVE" | "TERMINATED";
  readonly gender: string | null;
  readonly other: Passed;
}

export const employees = perBooks<Table<Employee, Employee, never>>((books) =>
  books.table("employees", (employee: Employee) => employee, {}),
);

const homeAddressInput = z.looseObject({
  AddressLine1: words,
  City: words,
  Region: words,
  PostalCode: words,
  Country: words,
});

export const employeeInput = z.looseObject({
  EmployeeID: words,
  FirstName: words,
  LastName: words,
  DateOfBirth: optionalDay,
  StartDate: optionalDay,
  TerminationDate: optionalDay,
  Email: words,
  Gender: words,
  HomeAddress: homeAddressInput.nullish(),
});
export type EmployeeInput = z.infer<typeof employeeInput>;

const NAME_CHARACTERS_MAX = 35;
const GENDERS: ReadonlySet<string> = new Set(["N", "M", "F", "I"]);
const STATES: ReadonlySet<string> = new Set(["ACT", "NSW", "NT", "QLD", "SA", "TAS", "VIC", "WA"]);

/** Shown in lists as well as in single answers. */
const PASSED_EVERYWHERE = [
  "MiddleNames",
  "Phone",
  "Mobile",
  "OrdinaryEarningsRateID",
  "PayrollCalendarID",
] as const;

const PASSED_IN_SINGLE = [
  "Title",
  "JobTitle",
  "Classification",
  "TwitterUserName",
  "EmployeeGroupName",
  "IsAuthorisedToApproveLeave",
  "IsAuthorisedToApproveTimesheets",
  "TerminationReason",
  "IncomeType",
  "EmploymentType",
  "CountryOfResidence",
  "BankAccounts",
  "PayTemplate",
  "OpeningBalances",
  "TaxDeclaration",
  "LeaveBalances",
  "SuperMemberships",
] as const;

/** Creates an employee, or updates the one of the id in the path or the body; answers the id. */
export function writeEmployee(
  books: Books,
  input: EmployeeInput,
  pathId: string | null,
): Result<string, readonly string[]> {
  const asked = pathId ?? input.EmployeeID?.toLowerCase();
  const before = asked ? employees(books).get(asked) : null;
  if (before === undefined) return err(["The employee specified could not be found."]);
  const problems = problemsOf(books, input, before);
  if (problems.length > 0) return err(problems);
  const now = books.now();
  const terminationDate = input.TerminationDate ?? before?.terminationDate ?? null;
  const employee: Employee = {
    id: before?.id ?? books.newId(),
    createdMs: before?.createdMs ?? now,
    updatedMs: now,
    firstName: input.FirstName || before?.firstName || "",
    lastName: input.LastName || before?.lastName || "",
    dateOfBirth: input.DateOfBirth ?? before?.dateOfBirth ?? "",
    startDate: input.StartDate ?? before?.startDate ?? null,
    terminationDate,
    email: input.Email ?? before?.email ?? null,
    status: terminationDate === null ? "ACTIVE" : "TERMINATED",
    gender: input.Gender ?? before?.gender ?? null,
    other: { ...before?.other, ...passedOf(input) },
  };
  employees(books).put(employee);
  return ok(employee.id);
}

/** Lists leave out what is shown of a single employee. */
export function presentEmployee(employee: Employee, isSingle: boolean): Wire {
  const names = isSingle ? [...PASSED_EVERYWHERE, ...PASSED_IN_SINGLE, "HomeAddress"] : PASSED_EVERYWHERE;
  const passed = Object.fromEntries(names.map((name) => [name, employee.other[name]]));
  return present({
    EmployeeID: employee.id,
    FirstName: employee.firstName,
    LastName: employee.lastName,
    Status: employee.status,
    Email: employee.email,
    DateOfBirth: wireDay(employee.dateOfBirth),
    Gender: employee.gender,
    StartDate: employee.startDate === null ? null : wireDay(employee.startDate),
    TerminationDate: employee.terminationDate === null ? null : wireDay(employee.terminationDate),
    ...passed,
    UpdatedDateUTC: wireInstant(employee.updatedMs),
  });
}

function passedOf(input: EmployeeInput): Passed {
  const passed: Record<string, unknown> = {};
  for (const name of [...PASSED_EVERYWHERE, ...PASSED_IN_SINGLE])
    if (input[name] !== undefined) passed[name] = input[name];
  if (input.HomeAddress) passed.HomeAddress = { Country: "AUSTRALIA", ...input.HomeAddress };
  return passed;
}

function problemsOf(books: Books, input: EmployeeInput, before: Employee | null): string[] {
  const problems: string[] = [];
  const firstName = input.FirstName ?? before?.firstName ?? "";
  const lastName = input.LastName ?? before?.lastName ?? "";
  const born = input.DateOfBirth ?? before?.dateOfBirth ?? "";
  if (firstName === "") problems.push("The First Name is required.");
  if (lastName === "") problems.push("The Last Name is required.");
  if (firstName.length > NAME_CHARACTERS_MAX || lastName.length > NAME_CHARACTERS_MAX)
    problems.push(`The First Name and Last Name can be at most ${NAME_CHARACTERS_MAX} characters long.`);
  if (born === "") problems.push("The Date of Birth is required.");
  else if (born > dayOf(books.now())) problems.push("The Date of Birth cannot be in the future.");
  if (input.Email && !/^[^\s@]+@[^\s@]+$/.test(input.Email)) problems.push("The Email is not valid.");
  if (input.Gender && !GENDERS.has(input.Gender)) problems.push(`The Gender '${input.Gender}' is not valid.`);
  return [...problems, ...addressProblems(input.HomeAddress)];
}

function addressProblems(address: EmployeeInput["HomeAddress"]): string[] {
  if (!address) return [];
  const problems: string[] = [];
  for (const name of ["AddressLine1", "City", "Region", "PostalCode"] as const)
    if (!address[name]) problems.push(`The ${name} of the Home Address is required.`);
  if (address.Region && !STATES.has(address.Region))
    problems.push(`The Region '${address.Region}' is not a state of Australia.`);
  return problems;
}
