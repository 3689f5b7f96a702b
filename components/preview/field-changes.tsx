import { ChevronRight } from "lucide-react";
import { cn } from "@/components/ui/class-names";
import type { FieldChange, PlannedVerb, PreviewRow } from "@/lib/domain/views/run-view";

const TITLES: Readonly<Partial<Record<PlannedVerb, string>>> = {
  create: "What will stand in Xero",
  update: "What changes in Xero",
  void: "What is taken out of Xero",
  link: "How the two compare",
};

const COLUMNS: Readonly<Partial<Record<PlannedVerb, readonly [string, string]>>> = {
  update: ["In Xero now", "After posting"],
  link: ["In your books", "In the source"],
};

/** A record field by field, folded up until somebody wants it: one column, or two side by side. */
export function FieldChanges({ row }: { row: PreviewRow }) {
  const title = TITLES[row.verb];
  if (title === undefined || row.fields.length === 0) return null;
  const columns = COLUMNS[row.verb];
  const changed = row.fields.filter((field) => field.isChanged).length;
  return (
    <details className="group text-sm">
      <summary className="inline-flex cursor-pointer items-center gap-1 rounded-sm text-primary [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-4 transition-transform group-open:rotate-90" aria-hidden="true" />
        {title}
        {columns && changed > 0 ? `: ${changed} ${changed === 1 ? "field" : "fields"}` : ""}
        <span className="sr-only"> of {row.number || row.label}</span>
      </summary>
      <section
        aria-label={`${title}, ${row.number || row.label}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must take focus to be scrolled by keys
        tabIndex={0}
        className="mt-2 overflow-x-auto"
      >
        <table className="w-full border-collapse text-sm">
          {columns ? (
            <thead>
              <tr className="text-left text-xs text-muted-foreground">
                <th scope="col" className="py-1 pr-4 font-medium">
                  Field
                </th>
                {columns.map((column) => (
                  <th key={column} scope="col" className="py-1 pr-4 font-medium">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
          ) : null}
          <tbody>
            {row.fields.map((field) => (
              <FieldRow key={field.field} field={field} verb={row.verb} isPair={columns !== undefined} />
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

function FieldRow({ field, verb, isPair }: { field: FieldChange; verb: PlannedVerb; isPair: boolean }) {
  const only = verb === "void" ? field.before : field.after;
  if (!isPair && only === null) return null;
  const cell = "py-1 pr-4 align-top break-words";
  return (
    <tr className="border-t border-border">
      <th
        scope="row"
        className="py-1 pr-4 text-left align-top font-normal whitespace-nowrap text-muted-foreground"
      >
        {field.field}
        {field.isChanged ? <span className="sr-only"> (differs)</span> : null}
      </th>
      {isPair ? (
        <>
          <td
            className={cn(
              cell,
              field.isChanged && verb === "update" && "line-through decoration-muted-foreground",
            )}
          >
            {field.before ?? "–"}
          </td>
          <td className={cn(cell, field.isChanged && "font-medium text-warning")}>{field.after ?? "–"}</td>
        </>
      ) : (
        <td className={cell}>{only}</td>
      )}
    </tr>
  );
}
