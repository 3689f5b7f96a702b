-- The planner's figures about the tables that a run fills. Autovacuum brings them up to date within a minute or so of a
-- change; until then the database takes the first hundred thousand rows of a first run for a handful, and reads all of
-- them where an index would find one. Columns that look-ups go by, not the records themselves: those are large.
-- PostgreSQL 17 can leave this to another role than the owner; before that the calls below say a warning and do nothing.
DO $$
BEGIN
  IF current_setting('server_version_num')::integer >= 170000 THEN
    GRANT MAINTAIN ON record_snapshots, ledger_records, record_links, planned_changes, write_intents, tie_out_entries,
      exceptions TO tieout_definer;
  END IF;
END $$;

SET LOCAL ROLE tieout_definer;

CREATE FUNCTION system.refresh_statistics() RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET client_min_messages = error
AS $$
BEGIN
  -- Two at once would only wait for each other, and the figures of the first are as good.
  IF NOT pg_try_advisory_xact_lock(hashtextextended('refresh-statistics', 0)) THEN
    RETURN;
  END IF;
  ANALYZE public.record_snapshots (connection_id, record_type, external_id, sequence, disposition, number, label);
  ANALYZE public.ledger_records (connection_id, record_type, external_id, natural_key, marker, loose_key, twin_key);
  ANALYZE public.record_links (pair_id, record_type, source_external_id, ledger_external_id, natural_key);
  ANALYZE public.planned_changes (run_id, record_type, source_external_id, sequence, verb, state, natural_key);
  ANALYZE public.write_intents (run_id, pair_id, record_type, source_external_id, sequence, state, open_key);
  ANALYZE public.tie_out_entries (pair_id, side, record_type, external_id, standing, strict_key, loose_key, twin_key);
  ANALYZE public.exceptions (pair_id, record_type, source_external_id, state);
END $$;

GRANT EXECUTE ON FUNCTION system.refresh_statistics() TO tieout_system;
RESET ROLE;
