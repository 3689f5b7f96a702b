/** Calls on payroll.xro/1.0/Employees, and the refusal of organisations that have no Australian payroll. */
import {
  gatewayRefusal,
  notFound,
  recordsAnswer,
  validationException,
  type Wire,
  type XeroAnswer,
} from "../answer";
import { answerRecords, bodyOf, firstId, type XeroCall } from "../api/call";
import { EMPLOYEES, type Route, route } from "../api/route";
import { pathMatcher } from "../api/routes";
import { pagedRequest } from "../purchase-orders/list-parameters";
import type { FieldValue } from "../read/field-order";
import { listPage } from "../read/list";
import { withUndo } from "../table";
import { readElement, readElements } from "../write/input";
import { type Employee, employeeInput, employees, presentEmployee, writeEmployee } from "./employees";

export const PAYROLL_ROUTES: readonly Route[] = [
  route("GET", "/Employees", EMPLOYEES, listEmployees),
  route("POST", "/Employees", EMPLOYEES, writeEmployees),
  route("GET", "/Employees/{id}", EMPLOYEES, getEmployee),
  route("POST", "/Employees/{id}", EMPLOYEES, writeEmployees),
];

/** The operation of a path below /payroll.xro/1.0, in any case, or null. */
export const matchPayrollPath = pathMatcher(PAYROLL_ROUTES);

/** A hundred at a time; the answer does not say how many pages there are. */
function listEmployees(call: XeroCall): XeroAnswer {
  refuseOtherCountries(call);
  const { books } = call;
  const page = listPage<Employee>(books, pagedRequest(call.request), {
    paged: true,
    filters: [],
    heads: () => employees(books).heads(),
    field: (id, employee, path) => employeeFields(id, employee)[path],
  });
  return answerRecords(
    call,
    "Employees",
    page.ids.map((id) => shown(call, id, false)),
  );
}

function getEmployee(call: XeroCall): XeroAnswer {
  refuseOtherCountries(call);
  const id = firstId(call);
  if (employees(call.books).head(id) === undefined) throw notFound();
  return answerRecords(call, "Employees", [shown(call, id, true)]);
}

/** POST of a bare list, as Xero describes it, or of one employee; one bad employee refuses all. */
function writeEmployees(call: XeroCall): XeroAnswer {
  refuseOtherCountries(call);
  const { books } = call;
  const pathId = call.ids[0] === undefined ? null : firstId(call);
  if (pathId !== null && employees(books).head(pathId) === undefined) throw notFound();
  const elements = readElements(bodyOf(call), "Employees");
  const outcomes = withUndo(
    books.undo,
    () =>
      elements.map((element) => ({
        element,
        result: writeEmployee(books, readElement(element, employeeInput), pathId),
      })),
    (all) => all.every(({ result }) => result.ok),
  );
  const refused = outcomes.flatMap(({ element, result }) =>
    result.ok ? [] : [{ ...element, ValidationErrors: result.error.map((Message) => ({ Message })) }],
  );
  if (refused.length > 0) return { ...refusal(call, refused), elements: elements.length };
  const written = outcomes.flatMap(({ result }) => (result.ok ? [shown(call, result.value, true)] : []));
  return { ...answerRecords(call, "Employees", written), elements: elements.length };
}

/** Xero's description names an exception with a number, type and message; callers have seen both shapes. */
function refusal(call: XeroCall, refused: readonly Wire[]): XeroAnswer {
  const { books } = call;
  if (books.switchPosition("xero.payroll-validation") === "exception") return validationException(refused);
  return {
    ...recordsAnswer({ id: books.newId(), nowMs: books.now() }, "Employees", refused),
    status: 400,
  };
}

function refuseOtherCountries({ books, context }: XeroCall): void {
  if (books.organisation().countryCode === "AU") return;
  const status = context.switches.get("xero.missing-permission") === "401" ? 401 : 403;
  throw gatewayRefusal(status, "AuthorizationUnsuccessful", context.newId());
}

function shown({ books }: XeroCall, id: string, isSingle: boolean): Wire {
  const employee = employees(books).get(id);
  return employee === undefined ? {} : presentEmployee(employee, isSingle);
}

function employeeFields(id: string, employee: Employee): Readonly<Record<string, FieldValue>> {
  return {
    employeeid: id,
    firstname: employee.firstName,
    lastname: employee.lastName,
    email: employee.email,
    emailaddress: employee.email,
    status: employee.status,
    gender: employee.gender,
    dateofbirth: dayValue(employee.dateOfBirth),
    startdate: dayValue(employee.startDate),
    terminationdate: dayValue(employee.terminationDate),
    updateddateutc: new Date(employee.updatedMs),
  };
}

function dayValue(day: string | null): Date | null {
  return day === null ? null : new Date(`${day}T00:00:00Z`);
}
