"use client";

import { useId, useState } from "react";
import { formatAmount } from "@/components/format/format-amount";
import type { ActionResult } from "@/components/page/action-result";
import { Card, CardContent, CardDescription, CardFooter, CardHeader, CardTitle } from "@/components/ui/card";
import { Field, FieldDescription, FieldLabel } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { AmountView } from "@/lib/domain/views/amount";
import { LeaveButton } from "./leave-button";

const PAIRS_OFFERED = 10;
const OFFERED = Array.from({ length: PAIRS_OFFERED }, (_, index) => index + 1);

/** What it will cost, said before the card is asked for, and the button to Stripe's page. */
export function StartPlan({
  yearly,
  isReturn,
  start,
}: {
  yearly: AmountView;
  /** True where there was a plan before. */
  isReturn: boolean;
  start: (pairs: number) => Promise<ActionResult<{ url: string }>>;
}) {
  const pairsId = useId();
  const totalId = useId();
  const [pairs, setPairs] = useState(1);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{isReturn ? "Start the plan again" : "Start the plan"}</CardTitle>
        <CardDescription>One pair is one organisation of your operations and one in Xero.</CardDescription>
      </CardHeader>
      <CardContent>
        <Field className="max-w-xs">
          <FieldLabel htmlFor={pairsId}>Pairs of organisations</FieldLabel>
          <Select
            id={pairsId}
            value={pairs}
            aria-describedby={totalId}
            onChange={(event) => setPairs(Number(event.target.value))}
          >
            {OFFERED.map((count) => (
              <option key={count} value={count}>
                {count}
              </option>
            ))}
          </Select>
          <FieldDescription id={totalId} aria-live="polite">
            {formatAmount(times(yearly, pairs))} a year, charged today for the whole year. Tax is added where
            it is due.
          </FieldDescription>
        </Field>
      </CardContent>
      <CardFooter>
        <LeaveButton leave={() => start(pairs)}>Go to payment at Stripe</LeaveButton>
      </CardFooter>
    </Card>
  );
}

/** A whole multiple of an amount, worked out on its digits. */
function times({ amount, currency }: AmountView, count: number): AmountView {
  const [, fraction = ""] = amount.split(".");
  const minor = (BigInt(amount.replace(".", "")) * BigInt(count))
    .toString()
    .padStart(fraction.length + 1, "0");
  const cut = minor.length - fraction.length;
  return { amount: fraction === "" ? minor : `${minor.slice(0, cut)}.${minor.slice(cut)}`, currency };
}
