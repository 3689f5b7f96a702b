/**
 * The table of who may do what, as docs/security.md shows it. It is made from the code's own table alone; run as a script
 * it writes the section anew, and a test compares the two.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { hasRole, ROLES, type Role } from "@/lib/domain/workspace-access";
import { WORKSPACE_PERMISSIONS } from "@/lib/domain/workspace-permissions";

const DOCUMENT = "docs/security.md";
const BEGIN = "<!-- made by scripts/permission-document.ts: begin -->";
const END = "<!-- made by scripts/permission-document.ts: end -->";

const SECTIONS = { pages: "Page", actions: "Action", routes: "Route" } as const;
const COLUMNS: Readonly<Record<Role, string>> = {
  owner: "Owner",
  admin: "Administrator",
  bookkeeper: "Bookkeeper",
  readOnly: "Reader",
};

/** The three tables as Markdown, columns padded. */
export function describePermissions(): string {
  const kinds = Object.keys(SECTIONS) as (keyof typeof SECTIONS)[];
  return kinds
    .map((kind) => {
      const rows = Object.entries(WORKSPACE_PERMISSIONS[kind]).map(([name, least]) => [
        `\`${name}\``,
        ...ROLES.map((role) => (hasRole({ role }, least) ? "yes" : "no")),
      ]);
      return layOut([[SECTIONS[kind], ...ROLES.map((role) => COLUMNS[role])], ...rows]);
    })
    .join("\n\n");
}

/** The section of the document as it stands; empty where there is none. */
export function readPermissions(document: string): string {
  return document.split(BEGIN)[1]?.split(END)[0]?.trim() ?? "";
}

function layOut(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`,
  );
  return [lines[0], `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...lines.slice(1)].join(
    "\n",
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const document = readFileSync(DOCUMENT, "utf8");
  const [before, after] = [document.split(BEGIN)[0], document.split(END)[1]];
  if (after === undefined) throw new Error(`${DOCUMENT} has no section for the table`);
  writeFileSync(DOCUMENT, `${before}${BEGIN}\n\n${describePermissions()}\n\n${END}${after}`);
}
