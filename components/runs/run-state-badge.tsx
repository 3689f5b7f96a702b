import { Badge } from "@/components/ui/badge";
import { isMoving, type ListedRunState, RUN_WORDS } from "./run-words";

export function RunStateBadge({ state }: { state: ListedRunState }) {
  const { label, tone, Icon } = RUN_WORDS[state];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden="true" className={isMoving(state) ? "animate-spin" : undefined} />
      {label}
    </Badge>
  );
}
