-- Lists that answer soon whatever the number of rows (docs/decisions/0029-lists.md): an index for every order that a list
-- is shown in, a search that looks at the words of records, and figures that are kept where nothing can change them.

-- ---- Orders ---------------------------------------------------------------------------------------------------------
CREATE INDEX "planned_changes_run_id_sequence_idx" ON "planned_changes"("run_id", "sequence");
CREATE INDEX "planned_changes_run_id_number_sequence_idx" ON "planned_changes"("run_id", "number", "sequence");
CREATE INDEX "planned_changes_run_id_label_sequence_idx" ON "planned_changes"("run_id", "label", "sequence");

CREATE INDEX "audit_events_workspace_id_at_sequence_idx" ON "audit_events"("workspace_id", "at", "sequence");
CREATE INDEX "audit_events_workspace_id_action_idx" ON "audit_events"("workspace_id", "action");

CREATE INDEX "sync_runs_workspace_id_started_at_id_idx" ON "sync_runs"("workspace_id", "started_at", "id");

-- What a run's page shows of its newest answers.
CREATE INDEX write_intents_answered ON write_intents (run_id, resolved_at, sequence)
  WHERE state IN ('applied', 'rejected');

-- An amount in thousandths of its currency's unit, so that 100 yen stand below 200 pounds; what has none comes below all.
-- Currencies whose minor unit is no hundredth: as lib/domain/money.ts lists them.
CREATE FUNCTION access.amount_rank(in_minor bigint, in_currency text) RETURNS bigint
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN COALESCE(in_minor * CASE
    WHEN in_currency IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV',
                         'XAF', 'XOF', 'XPF') THEN 1000
    WHEN in_currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN 1
    ELSE 10 END, -1);

-- What lists are put in order by stands in columns of its own: under row-level security an index takes a comparison of
-- columns, and none of expressions.
ALTER TABLE planned_changes
  ADD COLUMN worth bigint NOT NULL GENERATED ALWAYS AS (COALESCE(base_minor, -1)) STORED;
ALTER TABLE record_snapshots
  ADD COLUMN day text NOT NULL GENERATED ALWAYS AS (COALESCE(document_date, '')) STORED,
  ADD COLUMN worth bigint NOT NULL GENERATED ALWAYS AS (access.amount_rank(gross_minor, currency)) STORED;
ALTER TABLE exceptions
  ADD COLUMN worth bigint NOT NULL GENERATED ALWAYS AS (access.amount_rank(gross_minor, currency)) STORED;

CREATE INDEX "planned_changes_run_id_worth_sequence_idx" ON "planned_changes"("run_id", "worth", "sequence");
DROP INDEX "record_snapshots_connection_id_record_type_number_idx";
CREATE INDEX "record_snapshots_connection_id_record_type_number_sequence_idx" ON "record_snapshots"("connection_id", "record_type", "number", "sequence");
-- Contacts have a name and no number.
CREATE INDEX record_snapshots_by_name ON record_snapshots (connection_id, label, sequence) WHERE record_type = 'contact';
CREATE INDEX "record_snapshots_connection_id_record_type_day_sequence_idx" ON "record_snapshots"("connection_id", "record_type", "day", "sequence");
CREATE INDEX "record_snapshots_connection_id_record_type_worth_sequence_idx" ON "record_snapshots"("connection_id", "record_type", "worth", "sequence");
CREATE INDEX "exceptions_pair_id_state_group_key_worth_sequence_idx" ON "exceptions"("pair_id", "state", "group_key", "worth", "sequence");

-- Groups of exceptions are counted in the index alone; one group in the order of its amounts.
CREATE INDEX "exceptions_pair_id_state_record_type_group_key_sequence_idx" ON "exceptions"("pair_id", "state", "record_type", "group_key", "sequence");

-- ---- Search ---------------------------------------------------------------------------------------------------------
-- Trigrams of number and name. A search is for any part of them, and no other kind of index answers that. Row-level
-- security lets no such index be used by the product's own role (LIKE is not leakproof), so the search is a function that
-- names the workspace itself.
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
-- The connection stands in the same index: the words of other firms cost nothing.
CREATE EXTENSION IF NOT EXISTS btree_gin WITH SCHEMA public;

CREATE INDEX record_snapshots_words ON record_snapshots
  USING gin (connection_id, (ltrim(number || ' ' || label)) public.gin_trgm_ops);

GRANT USAGE ON SCHEMA access TO tieout_definer;
GRANT SELECT (id, workspace_id, connection_id, record_type, external_id, sequence, number, label) ON record_snapshots
  TO tieout_definer;
CREATE POLICY search_records ON record_snapshots FOR SELECT TO tieout_definer USING (true);
GRANT CREATE ON SCHEMA access TO tieout_definer;

SET LOCAL ROLE tieout_definer;

-- Records of the workspace that the transaction is in whose number and name are like the pattern, at most so many of them,
-- in no order. For patterns that few records are like: the others are found soon by going through any order.
CREATE FUNCTION access.search_records(in_connection_id uuid, in_pattern text, in_max integer)
  RETURNS TABLE (sequence bigint, record_type text, external_id text)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ''
  SET plan_cache_mode = force_custom_plan SET enable_seqscan = off SET enable_indexscan = off
AS $$
BEGIN
  RETURN QUERY
    SELECT s.sequence, s.record_type, s.external_id
      FROM public.record_snapshots s
     WHERE s.connection_id = in_connection_id AND s.workspace_id = access.current_workspace_id()
       AND ltrim(s.number || ' ' || s.label) ILIKE in_pattern
     LIMIT in_max;
END $$;
REVOKE ALL ON FUNCTION access.search_records(uuid, text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.search_records(uuid, text, integer) TO tieout_app;

RESET ROLE;
REVOKE CREATE ON SCHEMA access FROM tieout_definer;

-- ---- Kept figures ---------------------------------------------------------------------------------------------------
CREATE TABLE "kept_figures" (
    "workspace_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "figures" JSONB NOT NULL,
    "kept_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "kept_figures_pkey" PRIMARY KEY ("run_id","name")
);

SELECT access.secure_tables();
