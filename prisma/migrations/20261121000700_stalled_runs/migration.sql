-- AlterTable
ALTER TABLE "sync_runs" ADD COLUMN     "progress_at" TIMESTAMPTZ(3),
ADD COLUMN     "resumes_at" TIMESTAMPTZ(3),
ADD COLUMN     "revival_mark" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "revivals" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "revived_at" TIMESTAMPTZ(3);

-- Row-level security and grants for whatever this migration made.
SELECT access.secure_tables();

-- Runs at work are few among all that ever were.
CREATE INDEX sync_runs_working ON sync_runs (workspace_id)
  WHERE state IN ('pulling', 'planning', 'applying', 'tyingOut');

-- ---- Across workspaces -----------------------------------------------------------------------------------------------
SET LOCAL ROLE tieout_definer;

-- Runs at work of which nothing was heard since before an instant, though they were not asleep. A run may wait in line
-- behind another one of its workspace, so none is named while another one there gets on.
CREATE FUNCTION system.stalled_runs(in_before timestamptz, in_limit integer)
  RETURNS TABLE (workspace_id uuid, run_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
  SELECT r.workspace_id, r.id
    FROM public.sync_runs r
   WHERE r.state IN ('pulling', 'planning', 'applying', 'tyingOut')
     AND GREATEST(r.started_at, r.applied_from, r.progress_at, r.resumes_at, r.revived_at) < in_before
     AND NOT EXISTS (SELECT FROM public.sync_runs o
                      WHERE o.workspace_id = r.workspace_id AND o.id <> r.id
                        AND o.state IN ('pulling', 'planning', 'applying', 'tyingOut')
                        AND o.progress_at >= in_before)
   ORDER BY r.started_at, r.id LIMIT in_limit;
END;

GRANT EXECUTE ON FUNCTION system.stalled_runs(timestamptz, integer) TO tieout_system;
RESET ROLE;
