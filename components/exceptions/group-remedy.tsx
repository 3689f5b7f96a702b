import { ArrowRight, Wrench } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { formatCount } from "@/components/format/format-amount";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { ExceptionFilter, ExceptionGroupView, ExceptionState } from "@/lib/domain/views/exception-view";
import { BringBackButton, ChooseForm, DismissButton, OpenDayButton, RetryButton } from "./remedy-buttons";
import { WhyLink } from "./why-link";

/** What is the matter with a group, what to do about it, and the buttons that do it for all of its records. */
export function GroupRemedy({
  group,
  state,
  filter,
  heading: Heading,
}: {
  group: ExceptionGroupView;
  state: ExceptionState;
  filter: ExceptionFilter;
  heading: "h2" | "h3";
}) {
  const isOpen = state === "open";
  const all = group.total === 1 ? "it" : `all ${formatCount(group.total)}`;
  return (
    <div className="flex flex-col gap-4 px-4 py-5 sm:px-6">
      <div className="flex flex-col gap-2">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <Heading className="line-clamp-4 text-base font-semibold break-words">{group.message}</Heading>
          <Badge tone={isOpen ? "warning" : "neutral"}>{countWords(group.total, isOpen)}</Badge>
        </div>
        {isOpen ? (
          <p className="flex max-w-prose items-start gap-2 text-sm">
            <Wrench className="mt-0.5 size-4 shrink-0 text-muted-foreground" aria-hidden="true" />
            <span>
              <span className="sr-only">What to do: </span>
              {group.remedy} <WhyLink cause={group.cause} about={group.message} />
            </span>
          </p>
        ) : null}
      </div>
      {isOpen && group.choice ? <ChooseForm group={group.key} choice={group.choice} /> : null}
      <div className="flex flex-wrap items-center gap-2">
        {isOpen && group.canMoveToOpenDay ? <OpenDayButton filter={filter} about={group.message} /> : null}
        {isOpen && group.action ? <ActionLink {...group.action} /> : null}
        {isOpen ? (
          <>
            <RetryButton filter={filter} label={`Try ${all} again`} about={group.message} />
            <DismissButton filter={filter} label={`Dismiss ${all}`} about={group.message}>
              {group.total === 1 ? "This record is" : `These ${formatCount(group.total)} records are`} not
              posted from now on. The tie-out shows your reason and your name; what changes in the source
              comes back.
            </DismissButton>
          </>
        ) : (
          <BringBackButton filter={filter} about={group.message} />
        )}
      </div>
    </div>
  );
}

function countWords(total: number, isOpen: boolean): string {
  if (!isOpen) return `${formatCount(total)} dismissed`;
  return `${formatCount(total)} ${total === 1 ? "record waits" : "records wait"}`;
}

export function ActionLink({ label, href }: { label: string; href: string }): ReactNode {
  const content = (
    <>
      {label}
      <ArrowRight aria-hidden="true" />
    </>
  );
  return (
    <Button asChild variant="outline" size="small">
      {href.startsWith("/") ? <Link href={href}>{content}</Link> : <a href={href}>{content}</a>}
    </Button>
  );
}
