import {
  ArrowRight,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  LoaderCircle,
  type LucideIcon,
  Play,
  Unplug,
} from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { formatCount } from "@/components/format/format-amount";
import { LocalTime } from "@/components/format/local-time";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import type { OverviewView } from "@/lib/domain/views/overview-view";

const VERDICTS: Readonly<
  Record<OverviewView["verdict"], { Icon: LucideIcon; word: string; ground: string; ink: string }>
> = {
  agree: { Icon: CircleCheck, word: "Books agree", ground: "bg-success-soft", ink: "text-success" },
  needsYou: { Icon: CircleAlert, word: "Needs you", ground: "bg-warning-soft", ink: "text-warning" },
  disconnected: {
    Icon: Unplug,
    word: "Connection lost",
    ground: "bg-destructive-soft",
    ink: "text-destructive",
  },
  running: { Icon: LoaderCircle, word: "Working", ground: "bg-primary-soft", ink: "text-primary" },
  neverRun: { Icon: Play, word: "Ready to start", ground: "bg-primary-soft", ink: "text-primary" },
  notSetUp: { Icon: CircleDashed, word: "Set-up", ground: "bg-muted", ink: "text-muted-foreground" },
};

/** The five-second answer: do the books agree, and what is there to press. */
export function OverviewPanel({
  slug,
  view,
  secondary,
}: {
  slug: string;
  view: OverviewView;
  /** A quieter button beside the main one. */
  secondary?: ReactNode;
}) {
  const { Icon, word, ground, ink } = VERDICTS[view.verdict];
  return (
    <Card className="overflow-hidden">
      <div className="flex flex-col gap-6 p-5 sm:p-8 lg:flex-row lg:items-center lg:justify-between">
        <div className="flex flex-col gap-4 sm:flex-row sm:gap-5">
          <span className={cn("grid size-12 shrink-0 place-items-center rounded-full", ground, ink)}>
            <Icon className={cn("size-6", view.verdict === "running" && "animate-spin")} aria-hidden="true" />
          </span>
          <div className="flex flex-col gap-2">
            <p className={cn("text-sm font-medium", ink)}>{word}</p>
            <h1 className="max-w-[26ch] text-2xl leading-tight font-semibold text-balance sm:text-3xl">
              {view.headline}
            </h1>
            <p className="max-w-prose text-sm text-muted-foreground sm:text-base">{view.detail}</p>
          </div>
        </div>
        <div className="flex shrink-0 flex-col gap-3 sm:self-start lg:self-center">
          {view.action ? (
            <Button asChild size="large">
              <Link href={view.action.href}>
                {view.action.label}
                <ArrowRight aria-hidden="true" />
              </Link>
            </Button>
          ) : null}
          {secondary}
        </div>
      </div>
      {view.counts ? <Counts slug={slug} counts={view.counts} /> : null}
      {view.lastRun ? (
        <p className="border-t border-border px-5 py-3.5 text-sm text-muted-foreground sm:px-8">
          Last run{" "}
          {view.lastRun.finishedAt ? (
            <>
              ended <LocalTime iso={view.lastRun.finishedAt} />
            </>
          ) : (
            "is not finished"
          )}
          .{" "}
          <Link
            href={`/${slug}/runs/${view.lastRun.runId}`}
            className="text-primary underline underline-offset-4"
          >
            See what it did
          </Link>
        </p>
      ) : null}
    </Card>
  );
}

function Counts({ slug, counts }: { slug: string; counts: NonNullable<OverviewView["counts"]> }) {
  const figures = [
    { label: "Agree to the cent", count: counts.agreeing, href: `/${slug}/reconciliation`, rule: true },
    { label: "Need you", count: counts.needYou, href: `/${slug}/exceptions`, rule: false },
    { label: "Left out by rule", count: counts.excluded, href: `/${slug}/reconciliation`, rule: false },
  ];
  return (
    <ul className="grid grid-cols-1 divide-y divide-border border-t border-border sm:grid-cols-3 sm:divide-x sm:divide-y-0">
      {figures.map((figure) => (
        <li key={figure.label}>
          <Link
            href={figure.href}
            className="flex items-baseline justify-between gap-3 px-5 py-4 transition-colors hover:bg-muted sm:flex-col sm:justify-start sm:gap-1.5 sm:px-8 sm:py-5"
          >
            <span className="order-2 text-xl font-semibold tabular-nums sm:order-1 sm:text-2xl">
              <span className={cn(figure.rule && figure.count > 0 && "rule-double pb-0.5")}>
                {formatCount(figure.count)}
              </span>
            </span>
            <span className="order-1 text-sm text-muted-foreground sm:order-2">{figure.label}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
