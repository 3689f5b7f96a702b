import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { formatCount } from "@/components/format/format-amount";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { ExceptionFilter, ExceptionGroupView, ExceptionState } from "@/lib/domain/views/exception-view";
import { ExceptionRowsList } from "./exception-rows";
import { GroupRemedy } from "./group-remedy";

/** What waits for a person, by cause: one remedy a group, then the first of the records that it frees. */
export function ExceptionGroups({
  groups,
  state,
  ledger,
  path,
  narrowed,
  hrefFor,
}: {
  groups: readonly ExceptionGroupView[];
  state: ExceptionState;
  ledger: string;
  /** Address of the list of exceptions. */
  path: string;
  /** What the list is narrowed to: the buttons of a group are about what is shown of it. */
  narrowed: Pick<ExceptionFilter, "recordType" | "search">;
  hrefFor: (group: string) => string;
}) {
  return (
    <ul className="flex flex-col gap-5">
      {groups.map((group) => (
        <li key={group.key}>
          <Card>
            <GroupRemedy
              group={group}
              state={state}
              filter={{ ...narrowed, group: group.key }}
              heading="h2"
            />
            <ExceptionRowsList rows={group.rows} path={path} ledger={ledger} />
            {group.total > group.rows.length ? (
              <div className="border-t border-border px-4 py-3 sm:px-6">
                <Button asChild variant="outline" size="small">
                  <Link href={hrefFor(group.key)}>
                    Show all {formatCount(group.total)}
                    <span className="sr-only"> of this cause: {group.message}</span>
                    <ChevronRight aria-hidden="true" />
                  </Link>
                </Button>
              </div>
            ) : null}
          </Card>
        </li>
      ))}
    </ul>
  );
}
