import { Badge } from "@/components/ui/badge";
import type { RunState } from "@/lib/domain/views/run-view";
import { isMoving, RUN_WORDS } from "./run-words";

export function RunStateBadge({ state }: { state: RunState }) {
  const { label, tone, Icon } = RUN_WORDS[state];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden="true" className={isMoving(state) ? "animate-spin" : undefined} />
      {label}
    </Badge>
  );
}
