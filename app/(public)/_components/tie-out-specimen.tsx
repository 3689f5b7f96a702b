import { Check, CircleCheck } from "lucide-react";
import { Card } from "@/components/ui/card";

const LINES = [
  { name: "Invoices", source: "£198,420.15", ledger: "£198,420.15" },
  { name: "Credit notes", source: "£1,042.10", ledger: "£1,042.10" },
  { name: "Payments", source: "£171,020.40", ledger: "£171,020.40" },
] as const;

/** What the product shows, with invented figures, said to be so. */
export function TieOutSpecimen() {
  return (
    <figure className="flex flex-col gap-3">
      <Card className="overflow-hidden">
        <div className="flex items-center gap-4 p-5 sm:p-6">
          <span className="grid size-11 shrink-0 place-items-center rounded-full bg-success-soft text-success">
            <CircleCheck className="size-6" aria-hidden="true" />
          </span>
          <div>
            <p className="text-sm font-medium text-success">Ties out to the cent</p>
            <p className="text-lg leading-snug font-semibold">All 1,957 records agree</p>
          </div>
        </div>
        <table className="w-full border-t border-border text-xs sm:text-sm" aria-label="Example of a tie-out">
          <thead>
            <tr className="text-xs text-muted-foreground">
              <th scope="col" className="py-2.5 pl-4 text-left font-medium sm:pl-6">
                Kind
              </th>
              <th scope="col" className="px-2 py-2.5 text-right font-medium">
                Zoho Books
              </th>
              <th scope="col" className="px-2 py-2.5 text-right font-medium">
                Xero
              </th>
              <th scope="col" className="w-9 py-2.5 pr-4 sm:w-12 sm:pr-6">
                <span className="sr-only">Agree</span>
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-border border-t border-border">
            {LINES.map((line) => (
              <tr key={line.name}>
                <th scope="row" className="py-3 pl-4 text-left font-medium sm:pl-6">
                  {line.name}
                </th>
                <td className="px-2 py-3 text-right tabular-nums">{line.source}</td>
                <td className="px-2 py-3 text-right tabular-nums">
                  <span className="rule-double">{line.ledger}</span>
                </td>
                <td className="py-3 pr-4 text-right text-success sm:pr-6">
                  <Check className="inline size-4" role="img" aria-label="Yes" />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Card>
      <figcaption className="text-center text-xs text-muted-foreground">
        An example with invented figures
      </figcaption>
    </figure>
  );
}
