"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { ConfirmDialog } from "@/components/ui/dialog";

export type Disconnect = (input: { connectionId: string }) => Promise<ActionResult<null>>;

/** Ends a connection at the vendor too, after one question. */
export function DisconnectButton({
  connectionId,
  connectorLabel,
  tenantName,
  disconnect,
}: {
  connectionId: string;
  connectorLabel: string;
  tenantName: string;
  disconnect: Disconnect;
}) {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<null> | null>(null);
  const [pending, startTransition] = useTransition();
  return (
    <div className="flex flex-col gap-3">
      <ConfirmDialog
        trigger={pending ? "Disconnecting…" : `Disconnect from ${connectorLabel}`}
        title={`Disconnect ${tenantName}?`}
        confirmLabel="Disconnect"
        pending={pending}
        onConfirm={() =>
          startTransition(async () => {
            setResult(await disconnect({ connectionId }));
            router.refresh();
          })
        }
      >
        Tieout stops reading and posting at once. Nothing that is already in {connectorLabel} is changed, and
        you can connect again whenever you like.
      </ConfirmDialog>
      <ActionError result={result} />
    </div>
  );
}
