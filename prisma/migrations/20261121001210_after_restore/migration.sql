-- Every pair, also one that is paused or still being set up: after a restore all of them begin anew.
SET LOCAL ROLE tieout_definer;

CREATE FUNCTION system.all_pairs() RETURNS TABLE (workspace_id uuid, pair_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
  SELECT p.workspace_id, p.id FROM public.pairs p ORDER BY p.created_at, p.id;
END;

GRANT EXECUTE ON FUNCTION system.all_pairs() TO tieout_system;
RESET ROLE;
