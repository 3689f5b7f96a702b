-- The chain over the audit trail (docs/decisions/0021-audit-chain.md).

-- CreateTable
CREATE TABLE "audit_seals" (
    "workspace_id" UUID NOT NULL,
    "place" BIGINT NOT NULL,
    "sequence" BIGINT NOT NULL,
    "event_digest" TEXT NOT NULL,
    "previous" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "mac" TEXT NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_seals_pkey" PRIMARY KEY ("workspace_id","place")
);

-- CreateTable
CREATE TABLE "audit_heads" (
    "workspace_id" UUID NOT NULL,
    "place" BIGINT NOT NULL,
    "sequence" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "mac" TEXT NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_heads_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "audit_seals_workspace_id_sequence_key" ON "audit_seals"("workspace_id", "sequence");

-- ---- Written once ----------------------------------------------------------------------------------------------------
-- Grants say it to the product's role. The triggers say it to every role, the owner's too, and to grants of later
-- migrations; whoever disables them has to say so in as many words.
CREATE FUNCTION access.refuse_change() RETURNS trigger
  LANGUAGE plpgsql SET search_path = ''
AS $$
BEGIN
  RAISE EXCEPTION 'permission denied: % is append-only', TG_TABLE_NAME USING ERRCODE = '42501';
END
$$;
REVOKE ALL ON FUNCTION access.refuse_change() FROM PUBLIC;

-- The links come from the sealer's function alone.
CREATE FUNCTION access.refuse_other_sealers() RETURNS trigger
  LANGUAGE plpgsql SET search_path = ''
AS $$
BEGIN
  IF current_user <> 'tieout_definer' THEN
    RAISE EXCEPTION 'permission denied: % is written by the sealer', TG_TABLE_NAME USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION access.refuse_other_sealers() FROM PUBLIC;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
  FOR EACH STATEMENT EXECUTE FUNCTION access.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seals
  FOR EACH STATEMENT EXECUTE FUNCTION access.refuse_change();
CREATE TRIGGER sealer_only BEFORE INSERT ON audit_seals
  FOR EACH ROW EXECUTE FUNCTION access.refuse_other_sealers();
CREATE TRIGGER sealer_only BEFORE INSERT OR UPDATE ON audit_heads
  FOR EACH ROW EXECUTE FUNCTION access.refuse_other_sealers();
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON audit_heads
  FOR EACH STATEMENT EXECUTE FUNCTION access.refuse_change();

SELECT access.secure_tables();

-- ---- The sealer ------------------------------------------------------------------------------------------------------
-- Of a line the definer sees its place alone, never what it tells.
GRANT SELECT (workspace_id, sequence) ON audit_events TO tieout_definer;
GRANT SELECT, INSERT ON audit_seals TO tieout_definer;
GRANT SELECT, INSERT, UPDATE ON audit_heads TO tieout_definer;
CREATE POLICY system_functions ON audit_events FOR SELECT TO tieout_definer USING (true);
CREATE POLICY system_functions ON audit_seals TO tieout_definer USING (true) WITH CHECK (true);
CREATE POLICY system_functions ON audit_heads TO tieout_definer USING (true) WITH CHECK (true);

SET LOCAL ROLE tieout_definer;

-- The last place in the trail that is committed; 0 where there is none.
CREATE FUNCTION system.audit_end() RETURNS bigint
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
  SELECT coalesce(max(e.sequence), 0) FROM public.audit_events e;
END;

-- Transactions that have written into the trail and are not over: each may still bring in a line before the last one.
-- Whoever writes a row locks the table before it takes a number, and lets go once the row can be seen.
CREATE FUNCTION system.audit_writers() RETURNS TABLE (writer text)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
  SELECT DISTINCT l.virtualtransaction
    FROM pg_catalog.pg_locks l
   WHERE l.locktype = 'relation' AND l.mode = 'RowExclusiveLock'
     AND l.relation = 'public.audit_events'::pg_catalog.regclass
     AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database());
END;

-- Workspaces with lines, up to a place, behind the end of their chain.
CREATE FUNCTION system.audit_unsealed(in_up_to bigint, in_limit integer) RETURNS TABLE (workspace_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
  SELECT w.id
    FROM public.workspaces w LEFT JOIN public.audit_heads h ON h.workspace_id = w.id
   WHERE EXISTS (SELECT FROM public.audit_events e
                  WHERE e.workspace_id = w.id AND e.sequence > coalesce(h.sequence, 0) AND e.sequence <= in_up_to)
   ORDER BY h.sealed_at NULLS FIRST, w.id LIMIT in_limit;
END;

-- Every workspace, for what an operator checks.
CREATE FUNCTION system.all_workspaces() RETURNS TABLE (workspace_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
  SELECT w.id FROM public.workspaces w ORDER BY w.created_at, w.id;
END;

-- Adds links behind the one that the caller saw last, and moves the end; nothing where another sealer was faster. Returns
-- how many links were added.
CREATE FUNCTION system.append_audit_seals(in_workspace_id uuid, in_after_place bigint, in_after_hash text,
                                          in_seals jsonb, in_head_mac text)
  RETURNS integer
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
  head public.audit_heads;
  added integer;
BEGIN
  PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(in_workspace_id::text, 2600));
  SELECT * INTO head FROM public.audit_heads h WHERE h.workspace_id = in_workspace_id;
  IF coalesce(head.place, 0) <> in_after_place OR coalesce(head.hash, '') <> in_after_hash THEN
    RETURN 0;
  END IF;
  INSERT INTO public.audit_seals
         (workspace_id, place, sequence, event_digest, previous, hash, key_id, mac, sealed_at)
  SELECT in_workspace_id, s."place", s."sequence", s."eventDigest", s."previous", s."hash", s."keyId", s."mac", s."sealedAt"
    FROM pg_catalog.jsonb_to_recordset(in_seals)
      AS s("place" bigint, "sequence" bigint, "eventDigest" text, "previous" text, "hash" text,
           "keyId" text, "mac" text, "sealedAt" timestamptz);
  GET DIAGNOSTICS added = ROW_COUNT;
  INSERT INTO public.audit_heads AS h (workspace_id, place, sequence, hash, key_id, mac, sealed_at)
  SELECT s.workspace_id, s.place, s.sequence, s.hash, s.key_id, in_head_mac, s.sealed_at
    FROM public.audit_seals s
   WHERE s.workspace_id = in_workspace_id AND s.place = in_after_place + added
      ON CONFLICT (workspace_id) DO UPDATE
     SET place = excluded.place, sequence = excluded.sequence, hash = excluded.hash, key_id = excluded.key_id,
         mac = excluded.mac, sealed_at = excluded.sealed_at;
  RETURN added;
END
$$;

GRANT EXECUTE ON FUNCTION system.audit_end(), system.audit_writers(), system.audit_unsealed(bigint, integer),
  system.all_workspaces(), system.append_audit_seals(uuid, bigint, text, jsonb, text) TO tieout_system;
RESET ROLE;
