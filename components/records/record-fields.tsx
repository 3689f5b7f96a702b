import { cn } from "@/components/ui/class-names";
import { Table } from "@/components/ui/table";
import type { FieldChange } from "@/lib/domain/views/run-view";

/** A record field by field: two columns side by side, or what was sent alone. */
export function RecordFields({
  label,
  columns,
  fields,
}: {
  /** What a screen reader calls the table. */
  label: string;
  columns: readonly [before: string, after: string] | null;
  fields: readonly FieldChange[];
}) {
  return (
    <Table label={label}>
      {columns ? (
        <thead>
          <tr className="text-left text-xs text-muted-foreground">
            {["Field", ...columns].map((column) => (
              <th key={column} scope="col" className="py-1 pr-4 font-medium">
                {column}
              </th>
            ))}
          </tr>
        </thead>
      ) : null}
      <tbody>
        {fields.map(({ field, before, after, isChanged }) => (
          <tr key={field} className="border-t border-border">
            <th
              scope="row"
              className="py-1 pr-4 text-left align-top font-normal whitespace-nowrap text-muted-foreground"
            >
              {field}
              {isChanged ? <span className="sr-only"> (differs)</span> : null}
            </th>
            {columns ? <td className="py-1 pr-4 align-top break-words">{before ?? "–"}</td> : null}
            <td className={cn("py-1 pr-4 align-top break-words", isChanged && "font-medium text-warning")}>
              {after ?? "–"}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
