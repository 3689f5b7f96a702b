/**
 * What happens to a record between the two systems. Each step is a button only to be pointed at or reached by the Tab key:
 * its integration points stand below the picture while it is, and on a phone beneath the step at all times.
 */
const STEPS = [
  {
    name: "Notice",
    x: 70,
    detail:
      "Zoho Books tells of a change within seconds where you set up its webhook; otherwise, and for TIMS ERP and TimeSolv, Tieout looks by the clock.",
  },
  {
    name: "Read",
    x: 198,
    detail:
      "Only what is new or changed is read, page by page, within the vendor's limits. A row that cannot be read is kept aside and counted, never dropped.",
  },
  {
    name: "Map",
    x: 326,
    detail:
      "Accounts, tax rates, payment accounts and tracking go where you confirmed. What nobody has answered waits and asks you.",
  },
  {
    name: "Check",
    x: 454,
    detail:
      "Before a call is made: is the account active, the tax rate allowed for it, the period open, the currency there? What Xero has already is matched instead.",
  },
  {
    name: "Post",
    x: 582,
    detail:
      "Up to fifty documents in a call to Xero. Each carries a mark of ours inside, so that an answer that was lost never makes a second one.",
  },
  {
    name: "Prove",
    x: 710,
    detail:
      "Everything is read back from Xero and compared to the cent, by kind, month and tax rate. What differs is named, with what to do.",
  },
] as const;

export function HowItWorks() {
  return (
    <section className="mx-auto w-full max-w-6xl px-4 py-14 sm:px-6" aria-labelledby="how">
      <h2 id="how" className="text-2xl font-semibold">
        What happens to a record on its way
      </h2>
      <p className="mt-3 max-w-prose text-muted-foreground">
        Tieout stands between the two systems and keeps both as they are: no plug-in, no copy of your books to
        work in.
      </p>
      <Picture />
      <ol className="relative mt-4 grid gap-3 md:grid-cols-6 md:pb-32">
        {STEPS.map(({ name, detail }, index) => (
          <li key={name} className="group flex flex-col gap-2">
            <button
              type="button"
              aria-describedby={`how-${index}`}
              className="flex min-h-11 w-full cursor-default items-center gap-2 rounded-md border border-border bg-card px-3 text-left text-sm font-medium transition-colors group-hover:border-primary group-hover:bg-primary-soft focus-visible:border-primary focus-visible:bg-primary-soft md:justify-center"
            >
              <span className="text-muted-foreground tabular-nums">{index + 1}</span>
              {name}
            </button>
            <p
              id={`how-${index}`}
              className="text-sm text-muted-foreground md:invisible md:absolute md:inset-x-0 md:top-16 md:rounded-md md:bg-muted md:p-4 md:text-foreground md:group-focus-within:visible md:group-hover:visible md:group-hover:z-10"
            >
              {detail}
            </p>
          </li>
        ))}
      </ol>
      <p className="hidden text-sm text-muted-foreground md:block">
        Point at a step, or go from one to the next with the Tab key, to see what it does.
      </p>
      <ul className="mt-8 grid gap-x-8 gap-y-3 text-sm sm:grid-cols-2">
        {BENEFITS.map((benefit) => (
          <li key={benefit} className="border-l-2 border-primary pl-3">
            {benefit}
          </li>
        ))}
      </ul>
    </section>
  );
}

const BENEFITS = [
  "Nobody types an invoice twice, and nobody looks for the one that was typed wrong.",
  "Whoever opens Xero sees what was sold, with its payments, without asking.",
  "At month-end the question is not whether both sides agree, but which record does not.",
  "Each document in Xero can be followed back to where it came from, with who did what and when.",
] as const;

/** The two systems with Tieout between them; a person who does not see it has the list below. */
function Picture() {
  return (
    <svg
      viewBox="0 0 780 150"
      className="mt-8 hidden w-full text-foreground md:block"
      role="img"
      aria-label="A record goes from your operations through Tieout to Xero, and is read back from Xero to be compared."
    >
      <g fill="var(--card)" stroke="var(--border)" strokeWidth="1.5">
        <rect x="10" y="24" width="120" height="56" rx="8" />
        <rect x="650" y="24" width="120" height="56" rx="8" />
      </g>
      <rect
        x="166"
        y="12"
        width="448"
        height="80"
        rx="12"
        fill="var(--primary-soft)"
        stroke="var(--primary)"
        strokeWidth="1.5"
      />
      <g fill="currentColor" fontSize="14" fontWeight="600" textAnchor="middle">
        <text x="70" y="57">
          Your operations
        </text>
        <text x="390" y="36">
          Tieout
        </text>
        <text x="710" y="57">
          Xero
        </text>
      </g>
      <g stroke="var(--primary)" strokeWidth="2" fill="none">
        <path d="M130 52 H160 M154 46 L161 52 L154 58" />
        <path d="M614 52 H644 M638 46 L645 52 L638 58" />
        <path d="M710 86 V128 H390 V98 M384 105 L390 98 L396 105" strokeDasharray="5 4" />
      </g>
      <g>
        {STEPS.map(({ name, x }, index) => {
          const isInside = index > 0 && index < STEPS.length - 1;
          const y = isInside ? 66 : 96;
          return (
            <g key={name}>
              <circle cx={x} cy={y} r="13" fill="var(--card)" stroke="var(--primary)" strokeWidth="1.5" />
              <text x={x} y={y + 5} fill="currentColor" fontSize="13" fontWeight="600" textAnchor="middle">
                {index + 1}
              </text>
            </g>
          );
        })}
      </g>
    </svg>
  );
}
