import { Alert } from "@/components/ui/alert";
import type { ActionResult } from "./action-result";

/** Why the last press did not work; nothing after one that did. */
export function ActionError({ result }: { result: ActionResult<unknown> | null }) {
  if (result === null || result.ok || result.formError === null) return null;
  return (
    <Alert tone="destructive" role="alert" title={result.formError}>
      {result.errorId ? <span className="text-muted-foreground">Reference {result.errorId}</span> : null}
    </Alert>
  );
}
