/** The projects of Zoho Expense, read only. */
import type { SandboxResponse } from "@/sandbox/kit/types";
import { listPage, refuseMissing, sorted, succeed } from "../books/answers";
import { matching, textTests } from "../books/filters";
import { zonedTime } from "../wire/formats";
import type { StoredProject } from "./records";
import type { ExpenseCall } from "./route";

export function listProjects(call: ExpenseCall): SandboxResponse {
  return listPage(
    call,
    { key: "projects", reportName: "Projects", sortColumn: "project_name", sortOrder: "A" },
    matching(
      sorted(call.expense.projects, "project_name", "A", ({ name }) => name.toLowerCase()),
      textTests<StoredProject>(call, { customer_id: ({ customerId }) => customerId }),
    ),
    (id, project) => projectWire(call, id, project),
  );
}

export function getProject(call: ExpenseCall): SandboxResponse {
  const [id = ""] = call.ids;
  const project = call.expense.projects.get(id);
  return project === undefined
    ? refuseMissing(call.context, "Project")
    : succeed({ project: projectWire(call, id, project) });
}

function projectWire(call: ExpenseCall, id: string, project: StoredProject) {
  return {
    project_id: id,
    project_name: project.name,
    customer_id: project.customerId,
    customer_name: call.books.contacts.head(project.customerId)?.name ?? "",
    status: project.active ? "active" : "inactive",
    created_time: zonedTime(project.created, call.organization.timeZone),
  };
}
