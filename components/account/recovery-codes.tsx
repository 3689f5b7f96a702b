"use client";

import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";

/** Ten codes for the day when the phone is gone. They are shown once: only their hashes are kept. */
export function RecoveryCodes({
  codes,
  done,
}: {
  codes: readonly string[];
  done: { readonly label: string; readonly onPress: () => void };
}) {
  return (
    <section aria-labelledby="recovery" className="flex flex-col gap-4">
      <h2 id="recovery" className="text-base font-semibold">
        Your recovery codes
      </h2>
      <Alert tone="warning" role="status" title="They are shown this once">
        Keep them where you keep passwords. Each signs you in once when your phone is not at hand.
      </Alert>
      <ul className="grid grid-cols-1 gap-1 rounded-md border border-border bg-muted p-4 font-mono text-sm sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Button size="large" onClick={done.onPress}>
        {done.label}
      </Button>
    </section>
  );
}
