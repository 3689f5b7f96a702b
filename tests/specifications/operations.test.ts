import { expect, it } from "vitest";
import { XERO_SWITCHES } from "@/sandbox/xero/switches";
import { ROUTES as BOOKS_ROUTES } from "@/sandbox/zoho/books/routes";
import { FIXED_ROUTES, MODULE_ROUTES } from "@/sandbox/zoho/crm/routes";
import { EXPENSE_ROUTES } from "@/sandbox/zoho/expense/routes";
import { INVENTORY_ROUTES } from "@/sandbox/zoho/inventory/routes";
import { ZOHO_SWITCHES } from "@/sandbox/zoho/switches";
import { type ApiName, descriptionOf } from "./apis";
import { DOCUMENT, type DocumentedTable, documentedRows, documentWith } from "./documented";
import { hasReference } from "./reference";

interface Address {
  readonly method: string;
  readonly operation: string;
}

const TABLES: readonly { table: string; api: ApiName | null; prefix: string; routes: readonly Address[] }[] =
  [
    { table: "zoho-books operations", api: "zoho-books", prefix: "", routes: BOOKS_ROUTES },
    { table: "zoho-inventory operations", api: "zoho-inventory", prefix: "", routes: INVENTORY_ROUTES },
    {
      table: "zoho-crm operations",
      api: "zoho-crm",
      prefix: "/crm/v8",
      routes: [
        ...FIXED_ROUTES,
        ...MODULE_ROUTES.map((route) => ({ ...route, operation: `/Leads${route.operation}` })),
      ],
    },
    { table: "zoho-expense operations", api: null, prefix: "", routes: EXPENSE_ROUTES },
  ];

it.each(TABLES)("docs/sandbox.md names every address of $table, and no other", ({ table, routes }) => {
  expect(documentedRows(table).map(([method, path]) => [method, path])).toEqual(addressesOf(routes));
});

it("docs/sandbox.md names each operation as its vendor does, and lists every switch", async () => {
  const described = hasReference("Zoho's own names of the operations in docs/sandbox.md")
    ? TABLES.map(describedTable)
    : [];
  await expect(documentWith([...described, switchTable()])).toMatchFileSnapshot(DOCUMENT);
});

function describedTable({ table, api, prefix, routes }: (typeof TABLES)[number]): DocumentedTable {
  const addresses = addressesOf(routes);
  if (api === null) return { table, header: ["method", "path"], rows: addresses };
  const description = descriptionOf(api);
  const rows = addresses.map(([method = "", path = ""]) => {
    const example = `${prefix}${path.replaceAll("{id}", "480211000000000032")}`;
    const operation = description.find(method, example);
    return [method, path, operation?.id ?? "(not described)", operation?.file ?? ""];
  });
  return { table, header: ["method", "path", "operation", "document"], rows };
}

function switchTable(): DocumentedTable {
  const rows = Object.entries({ ...XERO_SWITCHES, ...ZOHO_SWITCHES })
    .map(([name, { about, positions, initial }]) => [
      name,
      about.replaceAll("|", "\\|"),
      positions.map((position) => (position === initial ? `**${position}**` : position)).join(", "),
    ])
    .sort(([one = ""], [other = ""]) => (one < other ? -1 : 1));
  return { table: "switches", header: ["switch", "what is not confirmed", "positions"], rows };
}

function addressesOf(routes: readonly Address[]): string[][] {
  return routes.map(({ method, operation }) => [method, operation]).sort(byPath);
}

function byPath([methodA = "", pathA = ""]: string[], [methodB = "", pathB = ""]: string[]): number {
  return `${pathA} ${methodA}` < `${pathB} ${methodB}` ? -1 : 1;
}
