import { PHASE_NAMES } from "@/components/setup/phase-words";
import type { SetupPhase } from "@/lib/domain/setup-progress";

const PHASES: readonly { readonly phase: SetupPhase; readonly text: string; readonly after: string }[] = [
  {
    phase: "discover",
    text: "Choose your systems and what to keep in step, and sign in to each on its own page. You see every permission and what it is for; Tieout never sees a password.",
    after: "Both organisations are connected and named.",
  },
  {
    phase: "configure",
    text: "Say which account, tax rate and payment account goes where, and how far back Xero is kept. Suggestions are filled in and marked; nothing counts before you confirm it.",
    after: "One page of answers that you can change later.",
  },
  {
    phase: "validate",
    text: "See every record with its debit and credit before anything is posted, say what is in Xero already, and have both sides compared to the cent. Free, and without a card.",
    after: "You know what would happen, record by record.",
  },
  {
    phase: "launch",
    text: "Post what you have seen, and new records follow by themselves. Or stay in a parallel run first, which looks every day, writes down what it would have posted, and posts nothing.",
    after: "Books that agree, or a list of what does not and why.",
  },
];

/** The way from signing up to books that agree, the same for everybody. */
export function SetUpPhases() {
  return (
    <section className="border-y border-border bg-card" aria-labelledby="phases">
      <div className="mx-auto w-full max-w-6xl px-4 py-14 sm:px-6">
        <h2 id="phases" className="text-2xl font-semibold">
          Four phases, and nothing is posted before the last
        </h2>
        <p className="mt-3 max-w-prose text-muted-foreground">
          The same way for everybody, so nothing has to be invented for you. You can leave after any step and
          go on there later, on another device too.
        </p>
        <ol className="mt-8 grid gap-8 sm:grid-cols-2 lg:grid-cols-4">
          {PHASES.map(({ phase, text, after }, index) => (
            <li key={phase} className="flex flex-col gap-2">
              <span
                className="grid size-10 place-items-center rounded-md bg-primary-soft font-semibold text-primary"
                aria-hidden="true"
              >
                {index + 1}
              </span>
              <h3 className="mt-2 font-medium">{PHASE_NAMES[phase]}</h3>
              <p className="text-sm text-muted-foreground">{text}</p>
              <p className="text-sm">
                <span className="font-medium">Afterwards: </span>
                {after}
              </p>
            </li>
          ))}
        </ol>
        <p className="mt-8 max-w-prose text-sm text-muted-foreground">
          How long it takes is yours to say. The questions are one page; who wants to see a month-end before
          going live stays in a parallel run for two to four weeks.
        </p>
      </div>
    </section>
  );
}
