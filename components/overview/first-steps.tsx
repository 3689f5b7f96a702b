import { Check } from "lucide-react";
import Link from "next/link";
import { cn } from "@/components/ui/class-names";

export interface FirstStep {
  readonly label: string;
  readonly detail: string;
  readonly href: string;
  readonly done: boolean;
}

/** The way from an empty workspace to the first tie-out; the first step not done is the one that stands out. */
export function FirstSteps({ steps }: { steps: readonly FirstStep[] }) {
  const next = steps.findIndex((step) => !step.done);
  return (
    <section aria-labelledby="first-steps" className="mt-8">
      <h2 id="first-steps" className="mb-3 text-base font-semibold">
        Four steps to books that agree
      </h2>
      <ol className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        {steps.map((step, index) => (
          <li key={step.label}>
            <Link
              href={step.href}
              aria-current={index === next ? "step" : undefined}
              className={cn(
                "flex h-full items-start gap-3 rounded-lg border bg-card p-4 transition-colors hover:bg-muted",
                index === next ? "border-primary" : "border-border",
              )}
            >
              <span
                className={cn(
                  "grid size-6 shrink-0 place-items-center rounded-full text-xs font-semibold",
                  step.done ? "bg-success-soft text-success" : "bg-muted text-muted-foreground",
                )}
              >
                {step.done ? <Check className="size-3.5" aria-hidden="true" /> : index + 1}
              </span>
              <span className="flex flex-col gap-0.5">
                <span className="text-sm font-medium">
                  {step.label}
                  {step.done ? <span className="sr-only"> (done)</span> : null}
                </span>
                <span className="text-sm text-muted-foreground">{step.detail}</span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}
