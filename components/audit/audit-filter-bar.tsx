import { Button } from "@/components/ui/button";
import { Field, FieldLabel } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { LinkTabs } from "@/components/ui/tabs";
import { AUDIT_AREAS, type AuditArea, type AuditFilter } from "@/lib/domain/views/audit-view";

const AREA_LABELS: Readonly<Record<AuditArea, string>> = {
  run: "Runs",
  record: "Records",
  exceptions: "Exceptions",
  match: "Matches",
  tieOut: "Tie-out",
  month: "Months",
  approval: "Approvals",
  setup: "Set-up",
  flow: "What is kept in step",
  schedule: "Schedule",
  connection: "Connections",
  workspace: "Workspace",
};

/** Narrows the trail by the page's address, so that it works before any script has loaded. */
export function AuditFilterBar({
  path,
  filter,
  hrefFor,
}: {
  path: string;
  filter: AuditFilter;
  hrefFor: (area: AuditArea | null) => string;
}) {
  return (
    <div className="flex flex-col gap-4">
      <LinkTabs
        label="Narrow by what it is about"
        tabs={[
          { label: "Everything", href: hrefFor(null), current: filter.area === null },
          ...AUDIT_AREAS.map((area) => ({
            label: AREA_LABELS[area],
            href: hrefFor(area),
            current: filter.area === area,
          })),
        ]}
      />
      <search>
        <form action={path} className="flex flex-col gap-3 sm:flex-row sm:items-end">
          {filter.area === null ? null : <input type="hidden" name="area" value={filter.area} />}
          <Field>
            <FieldLabel htmlFor="from">From</FieldLabel>
            <Input id="from" type="date" name="from" defaultValue={filter.from ?? ""} />
          </Field>
          <Field>
            <FieldLabel htmlFor="to">To</FieldLabel>
            <Input id="to" type="date" name="to" defaultValue={filter.to ?? ""} />
          </Field>
          <Button type="submit" variant="outline">
            Show these days
          </Button>
        </form>
      </search>
    </div>
  );
}
