import { Search } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Field, FieldLabel } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { PreviewFilter } from "./preview-filter";

const SORTS = [
  { value: "plan", label: "As they will be posted" },
  { value: "amount", label: "Largest amount first" },
  { value: "number", label: "By number" },
  { value: "label", label: "By name" },
] as const;

/** A plain form: the choice becomes part of the page's address, and works before any script has loaded. */
export function RecordSearch({ basePath, filter }: { basePath: string; filter: PreviewFilter }) {
  return (
    <form action={`${basePath}#records`} className="flex flex-col gap-3 sm:flex-row sm:items-end">
      {filter.recordType ? <input type="hidden" name="type" value={filter.recordType} /> : null}
      {filter.verb ? <input type="hidden" name="verb" value={filter.verb} /> : null}
      {filter.approval ? <input type="hidden" name="approval" value={filter.approval} /> : null}
      <Field className="sm:flex-1">
        <FieldLabel htmlFor="records-search">Number or name</FieldLabel>
        <Input
          id="records-search"
          name="search"
          type="search"
          defaultValue={filter.search ?? ""}
          maxLength={100}
        />
      </Field>
      <Field className="sm:w-60">
        <FieldLabel htmlFor="records-sort">In which order</FieldLabel>
        <Select id="records-sort" name="sort" defaultValue={filter.sort}>
          {SORTS.map((sort) => (
            <option key={sort.value} value={sort.value}>
              {sort.label}
            </option>
          ))}
        </Select>
      </Field>
      <Button type="submit" variant="outline">
        <Search aria-hidden="true" />
        Find
      </Button>
    </form>
  );
}
