-- Details of people, leaving, and what the operator stops (docs/decisions/0027-privacy.md).

-- AlterTable
ALTER TABLE "workspaces" ADD COLUMN     "deletion_asked_by_user_id" UUID,
ADD COLUMN     "deletion_due_at" TIMESTAMPTZ(3),
ADD COLUMN     "masks_bookkeepers" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "support_until" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "connections" ADD COLUMN     "forgotten_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "detail_reads" (
    "workspace_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "record_type" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "day" DATE NOT NULL,

    CONSTRAINT "detail_reads_pkey" PRIMARY KEY ("workspace_id","user_id","day","record_type","external_id")
);

-- CreateTable
CREATE TABLE "erased_people" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "address_digest" TEXT NOT NULL,
    "erased_at" TIMESTAMPTZ(3) NOT NULL,
    "erased_by_user_id" UUID NOT NULL,

    CONSTRAINT "erased_people_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "posting_stops" (
    "workspace_id" UUID NOT NULL,
    "flow" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "stopped_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "posting_stops_pkey" PRIMARY KEY ("workspace_id","flow")
);

-- CreateIndex
CREATE UNIQUE INDEX "erased_people_connection_id_external_id_key" ON "erased_people"("connection_id", "external_id");

-- CreateIndex
CREATE INDEX "erased_people_workspace_id_idx" ON "erased_people"("workspace_id");

-- AddForeignKey
ALTER TABLE "erased_people" ADD CONSTRAINT "erased_people_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

SELECT access.secure_tables();

-- ---- A workspace that goes -------------------------------------------------------------------------------------------
-- The trail refuses every change, also its owner's. It goes with its workspace alone: by the one function below, which no
-- login owns, and only where the deletion was asked for and is due.
CREATE OR REPLACE FUNCTION access.refuse_change() RETURNS trigger
  LANGUAGE plpgsql SET search_path = ''
AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_user = 'tieout_definer' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'permission denied: % is append-only', TG_TABLE_NAME USING ERRCODE = '42501';
END
$$;

GRANT DELETE ON workspaces, audit_events, audit_seals, audit_heads TO tieout_definer;
CREATE POLICY system_deletes ON workspaces FOR DELETE TO tieout_definer
  USING (deletion_due_at <= now());
CREATE POLICY system_deletes ON audit_events FOR DELETE TO tieout_definer
  USING (EXISTS (SELECT FROM workspaces w WHERE w.id = workspace_id AND w.deletion_due_at <= now()));
DROP POLICY system_functions ON audit_seals;
CREATE POLICY system_functions_read ON audit_seals FOR SELECT TO tieout_definer USING (true);
CREATE POLICY system_functions_add ON audit_seals FOR INSERT TO tieout_definer WITH CHECK (true);
CREATE POLICY system_deletes ON audit_seals FOR DELETE TO tieout_definer
  USING (EXISTS (SELECT FROM workspaces w WHERE w.id = workspace_id AND w.deletion_due_at <= now()));
DROP POLICY system_functions ON audit_heads;
CREATE POLICY system_functions_read ON audit_heads FOR SELECT TO tieout_definer USING (true);
CREATE POLICY system_functions_add ON audit_heads FOR INSERT TO tieout_definer WITH CHECK (true);
CREATE POLICY system_functions_move ON audit_heads FOR UPDATE TO tieout_definer USING (true) WITH CHECK (true);
CREATE POLICY system_deletes ON audit_heads FOR DELETE TO tieout_definer
  USING (EXISTS (SELECT FROM workspaces w WHERE w.id = workspace_id AND w.deletion_due_at <= now()));

SET LOCAL ROLE tieout_definer;

-- Workspaces whose deletion is due, and those with something read from a connection that ended long ago.
CREATE FUNCTION system.workspaces_to_tidy(in_now timestamptz, in_ended_before timestamptz, in_limit integer)
  RETURNS TABLE (workspace_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
  SELECT w.id FROM public.workspaces w
   WHERE w.deletion_due_at <= in_now
      OR EXISTS (SELECT FROM public.connections c
                  WHERE c.workspace_id = w.id AND c.status = 'disconnected' AND c.disconnected_at < in_ended_before
                    AND (c.forgotten_at IS NULL OR c.forgotten_at < c.disconnected_at))
   ORDER BY w.id LIMIT in_limit;
END;

-- Which workspace an operator names by its slug.
CREATE FUNCTION system.workspace_of_slug(in_slug text) RETURNS TABLE (workspace_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
  SELECT w.id FROM public.workspaces w WHERE w.slug = in_slug;
END;

-- Deletes some of the trail of a workspace whose deletion is due, and the workspace itself once nothing of it is left.
-- True when the workspace is gone. Whoever calls it has deleted all other rows before.
CREATE FUNCTION system.delete_due_workspace(in_workspace_id uuid, in_limit integer) RETURNS boolean
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
  deleted integer;
BEGIN
  IF NOT EXISTS (SELECT FROM public.workspaces w
                  WHERE w.id = in_workspace_id AND w.deletion_due_at <= pg_catalog.now()) THEN
    RETURN NOT EXISTS (SELECT FROM public.workspaces w WHERE w.id = in_workspace_id);
  END IF;
  DELETE FROM public.audit_heads h WHERE h.workspace_id = in_workspace_id;
  DELETE FROM public.audit_seals s
   WHERE s.workspace_id = in_workspace_id
     AND s.place IN (SELECT o.place FROM public.audit_seals o
                      WHERE o.workspace_id = in_workspace_id ORDER BY o.place LIMIT in_limit);
  GET DIAGNOSTICS deleted = ROW_COUNT;
  IF deleted = in_limit THEN
    RETURN false;
  END IF;
  DELETE FROM public.audit_events e
   WHERE e.workspace_id = in_workspace_id
     AND e.sequence IN (SELECT o.sequence FROM public.audit_events o
                         WHERE o.workspace_id = in_workspace_id ORDER BY o.sequence LIMIT in_limit);
  GET DIAGNOSTICS deleted = ROW_COUNT;
  IF deleted = in_limit THEN
    RETURN false;
  END IF;
  DELETE FROM public.workspaces w WHERE w.id = in_workspace_id;
  RETURN true;
END
$$;

GRANT EXECUTE ON FUNCTION system.workspaces_to_tidy(timestamptz, timestamptz, integer), system.workspace_of_slug(text),
  system.delete_due_workspace(uuid, integer) TO tieout_system;
RESET ROLE;
