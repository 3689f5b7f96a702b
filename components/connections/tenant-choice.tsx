"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";

export type ChooseTenant = (input: {
  token: string;
  tenantId: string;
}) => Promise<ActionResult<{ connectionId: string }>>;

/** Several organisations came with one consent: a person says which one is meant. */
export function TenantChoice({
  token,
  tenants,
  nextHref,
  choose,
}: {
  token: string;
  tenants: readonly { readonly tenantId: string; readonly name: string }[];
  nextHref: string;
  choose: ChooseTenant;
}) {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<{ connectionId: string }> | null>(null);
  const [pending, startTransition] = useTransition();
  return (
    <div className="flex flex-col gap-4">
      <ActionError result={result} />
      <Card>
        <ul className="divide-y divide-border">
          {tenants.map((tenant) => (
            <li
              key={tenant.tenantId}
              className="flex flex-wrap items-center justify-between gap-3 px-4 py-4 sm:px-6"
            >
              <span className="font-medium">{tenant.name}</span>
              <Button
                size="small"
                variant="outline"
                disabled={pending}
                onClick={() =>
                  startTransition(async () => {
                    const answer = await choose({ token, tenantId: tenant.tenantId });
                    setResult(answer);
                    if (answer.ok) router.push(nextHref);
                  })
                }
              >
                Use this one
                <span className="sr-only">: {tenant.name}</span>
              </Button>
            </li>
          ))}
        </ul>
      </Card>
    </div>
  );
}
