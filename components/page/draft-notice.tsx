import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { KeptDraft } from "./use-kept-draft";

/** Says that choices of before are in the form again, with the way to be rid of them. */
export function DraftNotice({ draft }: { draft: KeptDraft }) {
  if (!draft.isBack) return null;
  return (
    <Alert role="status" title="Your unsaved choices from before are back">
      <span className="flex flex-col items-start gap-3">
        They count once you save them.
        <Button variant="outline" size="small" onClick={draft.drop}>
          Drop them
        </Button>
      </span>
    </Alert>
  );
}
