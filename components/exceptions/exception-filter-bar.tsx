import { Search } from "lucide-react";
import { formatCount } from "@/components/format/format-amount";
import { recordTypeTitle } from "@/components/format/record-type-label";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { LinkTabs } from "@/components/ui/tabs";
import type { RecordType } from "@/lib/domain/record-type";
import type { ExceptionState, ExceptionsView } from "@/lib/domain/views/exception-view";

export interface ExceptionNarrowing {
  readonly state: ExceptionState;
  readonly recordType: RecordType | null;
  readonly search: string;
}

/** Narrows the list by the page's address, so that it works before any script has loaded. */
export function ExceptionFilterBar({
  path,
  query,
  view,
  hrefFor,
}: {
  path: string;
  query: ExceptionNarrowing;
  view: Pick<ExceptionsView, "open" | "dismissed" | "recordTypes">;
  hrefFor: (next: Partial<ExceptionNarrowing>) => string;
}) {
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-col gap-3 sm:flex-row sm:items-center sm:justify-between">
        <LinkTabs
          label="Waiting or dismissed"
          tabs={[
            {
              label: "Waiting",
              href: hrefFor({ state: "open", recordType: null }),
              current: query.state === "open",
              count: formatCount(view.open),
            },
            {
              label: "Dismissed",
              href: hrefFor({ state: "dismissed", recordType: null }),
              current: query.state === "dismissed",
              count: formatCount(view.dismissed),
            },
          ]}
        />
        <search>
          <form action={path} className="flex gap-2">
            {query.state === "dismissed" ? <input type="hidden" name="state" value="dismissed" /> : null}
            {query.recordType ? <input type="hidden" name="type" value={query.recordType} /> : null}
            <Input
              type="search"
              name="q"
              defaultValue={query.search}
              maxLength={200}
              aria-label="Search by number, name or what was said"
              placeholder="Number, name, message"
              className="min-h-8 sm:w-64"
            />
            <Button type="submit" variant="outline" size="small">
              <Search aria-hidden="true" />
              Search
            </Button>
          </form>
        </search>
      </div>
      {view.recordTypes.length > 1 || query.recordType ? (
        <LinkTabs
          label="Narrow by kind"
          tabs={[
            {
              label: "Every kind",
              href: hrefFor({ recordType: null }),
              current: query.recordType === null,
            },
            ...view.recordTypes.map((recordType) => ({
              label: recordTypeTitle(recordType),
              href: hrefFor({ recordType }),
              current: query.recordType === recordType,
            })),
          ]}
        />
      ) : null}
    </div>
  );
}
