"use client";

import { ArrowUpRight, ChevronDown, ShieldCheck } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, FieldDescription, FieldLabel } from "@/components/ui/field";
import { Select } from "@/components/ui/select";

/**
 * Leads to the vendor's own consent page by a full redirect in this window. It is a link, not a form: the browser
 * would hold a form's redirect to another origin against the page's `form-action` policy.
 */
export function ConnectForm({
  slug,
  connectorId,
  label,
  regions,
  scopes,
  again,
  initialRegion,
}: {
  slug: string;
  connectorId: string;
  label: string;
  regions: readonly { readonly id: string; readonly label: string }[];
  scopes: readonly { readonly name: string; readonly why: string }[];
  /** True where a connection was there before. */
  again: boolean;
  /** The data centre to begin with; the first where there is no reason for another. */
  initialRegion: string | null;
}) {
  const regionId = useId();
  const [region, setRegion] = useState(initialRegion ?? regions[0]?.id ?? "");
  const address = `/api/connect/${connectorId}/start?${new URLSearchParams({ workspace: slug, region })}`;
  return (
    <div className="flex flex-col gap-5">
      {regions.length > 1 ? (
        <Field className="max-w-sm">
          <FieldLabel htmlFor={regionId}>Where is your {label} account?</FieldLabel>
          <Select
            id={regionId}
            value={region}
            aria-describedby={`${regionId}-hint`}
            onChange={(event) => setRegion(event.target.value)}
          >
            {regions.map((choice) => (
              <option key={choice.id} value={choice.id}>
                {choice.label}
              </option>
            ))}
          </Select>
          <FieldDescription id={`${regionId}-hint`}>
            It is the ending of the address that you sign in at.
          </FieldDescription>
        </Field>
      ) : null}
      <ScopeList scopes={scopes} label={label} />
      <div>
        <Button asChild className="w-full sm:w-auto">
          <a href={address}>
            {again ? `Reconnect to ${label}` : `Connect to ${label}`}
            <ArrowUpRight aria-hidden="true" />
          </a>
        </Button>
      </div>
    </div>
  );
}

/** What the vendor is asked to allow, each with its reason. */
export function ScopeList({
  scopes,
  label,
}: {
  scopes: readonly { readonly name: string; readonly why: string }[];
  label: string;
}) {
  return (
    <details className="group rounded-md border border-border">
      <summary className="flex min-h-11 items-center gap-2 px-4 py-2 text-sm font-medium">
        <ShieldCheck className="size-4 shrink-0 text-muted-foreground" aria-hidden="true" />
        <span className="flex-1">What Tieout may do in {label}, and why</span>
        <ChevronDown
          className="size-4 shrink-0 text-muted-foreground transition-transform group-open:rotate-180"
          aria-hidden="true"
        />
      </summary>
      <dl className="flex flex-col gap-3 border-t border-border px-4 py-3 text-sm">
        {scopes.map((scope) => (
          <div key={scope.name}>
            <dt className="font-mono text-xs break-all text-muted-foreground">{scope.name}</dt>
            <dd>{scope.why}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
