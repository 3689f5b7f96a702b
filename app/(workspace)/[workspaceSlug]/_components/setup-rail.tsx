import { PhaseRail } from "@/components/setup/phase-rail";
import type { SetupProgress } from "@/lib/domain/setup-progress";
import { hasRole, type WorkspaceAccess } from "@/lib/domain/workspace-access";
import { loadSetupProgress } from "./load-setup-progress";

/** At the head of each page that the set-up leads over; nothing once the pair is live. `here` is the page's own path. */
export async function SetupRail({ access, here }: { access: WorkspaceAccess; here: string }) {
  const progress = await loadSetupProgress(access);
  return progress === null ? null : <ProgressRail access={access} here={here} progress={progress} />;
}

export function ProgressRail({
  access,
  here,
  progress,
  title,
}: {
  access: WorkspaceAccess;
  here: string;
  progress: SetupProgress;
  title?: string;
}) {
  return (
    <PhaseRail
      slug={access.slug}
      progress={progress}
      here={here}
      mayPress={hasRole(access, progress.next.least)}
      title={title}
    />
  );
}
