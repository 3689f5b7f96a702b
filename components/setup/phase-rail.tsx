import { ArrowRight, CircleAlert, CircleCheck, CircleDashed, CircleDot, type LucideIcon } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import type { PhaseState, SetupProgress } from "@/lib/domain/setup-progress";
import { PHASE_NAMES, PHASE_STATE_WORDS, STEP_WORDS } from "./phase-words";

const LOOKS: Readonly<Record<PhaseState, { readonly Icon: LucideIcon; readonly ink: string }>> = {
  done: { Icon: CircleCheck, ink: "text-success" },
  current: { Icon: CircleDot, ink: "text-primary" },
  blocked: { Icon: CircleAlert, ink: "text-warning" },
  later: { Icon: CircleDashed, ink: "text-muted-foreground" },
};

export interface PhaseRailProps {
  readonly slug: string;
  readonly progress: SetupProgress;
  /** The page that the rail stands on, below the workspace's address: a press that leads to it is not offered. */
  readonly here: string;
  /** False where the next press is for somebody of a higher role. */
  readonly mayPress: boolean;
  /** A heading of its own, on a page that is not part of the set-up. */
  readonly title?: string | undefined;
}

/** The four phases of a set-up with where it stands, and the one next press. */
export function PhaseRail({ slug, progress, here, mayPress, title }: PhaseRailProps) {
  const { next, phases } = progress;
  const words = STEP_WORDS[next.step];
  return (
    <section
      aria-label="Set-up"
      className="mb-6 overflow-hidden rounded-lg border border-border bg-card shadow-raised print:hidden"
    >
      {title ? (
        <h2 className="border-b border-border px-4 py-3.5 text-base font-semibold sm:px-5">{title}</h2>
      ) : null}
      <ol className="grid grid-cols-2 md:grid-cols-4">
        {phases.map(({ phase, state }, index) => {
          const { Icon, ink } = LOOKS[state];
          const isHere = phase === next.phase;
          return (
            <li
              key={phase}
              aria-current={isHere ? "step" : undefined}
              className={cn(
                "flex items-start gap-2.5 border-b-2 px-4 py-3 sm:px-5",
                isHere ? "border-primary bg-primary-soft" : "border-transparent",
              )}
            >
              <Icon className={cn("mt-0.5 size-5 shrink-0", ink)} aria-hidden="true" />
              <span className="flex min-w-0 flex-col">
                <span className="text-sm font-medium">
                  <span className="sr-only">{index + 1}. </span>
                  {PHASE_NAMES[phase]}
                </span>
                <span className={cn("text-xs", isHere ? "text-foreground" : "text-muted-foreground")}>
                  {PHASE_STATE_WORDS[state]}
                </span>
              </span>
            </li>
          );
        })}
      </ol>
      <div className="flex flex-col gap-3 border-t border-border px-4 py-3.5 text-sm sm:flex-row sm:items-center sm:justify-between sm:px-5">
        <p className="max-w-prose">
          <span className="font-medium">Next: </span>
          {words.sentence}
          {mayPress
            ? null
            : " Somebody of a higher role in this workspace does that; the team page says who."}
        </p>
        <div className="flex shrink-0 flex-col gap-2 sm:flex-row sm:items-center">
          {mayPress && next.step === "goLive" ? (
            <Button asChild variant="outline">
              <Link href={`/${slug}/preview/parallel`}>Stay in a parallel run first</Link>
            </Button>
          ) : null}
          {mayPress && next.path !== here ? (
            <Button asChild>
              <Link href={`/${slug}/${next.path}`}>
                {words.press}
                <ArrowRight aria-hidden="true" />
              </Link>
            </Button>
          ) : null}
        </div>
      </div>
    </section>
  );
}
