import pg from "pg";
import { z } from "zod";

/**
 * Stops a process of the product exactly at a boundary without a line of its code: triggers in the trial's database wait,
 * at the statement that belongs to the boundary, for a lock that the trial holds. The trial sees that somebody waits, does
 * to the process what it wants, and lets go. Every change of a write intent's state is noted in the same transaction, so a
 * boundary that is over is known as well.
 */
export interface Holds {
  /** From now on whoever comes to this point waits there. */
  arm(point: HoldPoint): Promise<void>;
  /** Whether somebody waits there at present. */
  isReached(): Promise<boolean>;
  /** Lets everybody on, and stops nobody any more. */
  release(): Promise<void>;
  /** Forgets what was noted; for the start of a trial. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export interface HoldPoint {
  readonly at: (typeof HOLD_POINTS)[number];
  readonly recordType: string;
  /** create | update | void; null for cursors. */
  readonly verb: string | null;
}

export const HOLD_POINTS = [
  /** Claimed and stored as sending; the call has no permit yet. */
  "beforeSend",
  /** The answer is there; not one row of it is written. */
  "answeredUnstored",
  /** Links and states are written, the record's own state is not; nothing is committed. */
  "storedUnlinked",
  /** All of it is committed; the step has not answered. */
  "storedUntold",
  /** A page is read; its cursor is not written. */
  "cursorUnmoved",
  /** Page and cursor are committed; the pass does not know it. */
  "cursorMoved",
] as const;

const LOCK = "7466, 1";

const SCHEMA = `
CREATE SCHEMA IF NOT EXISTS chaos;
CREATE TABLE IF NOT EXISTS chaos.hold (at text NOT NULL, record_type text NOT NULL, verb text);
CREATE TABLE IF NOT EXISTS chaos.seen (what text NOT NULL, record_type text NOT NULL, verb text, xid xid8 NOT NULL DEFAULT pg_current_xact_id());
GRANT USAGE ON SCHEMA chaos TO PUBLIC;
GRANT SELECT ON chaos.hold TO PUBLIC;
GRANT SELECT, INSERT ON chaos.seen TO PUBLIC;

CREATE OR REPLACE FUNCTION chaos.wait_if(held boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF held THEN PERFORM pg_advisory_xact_lock_shared(${LOCK}); END IF;
END $$;

-- Whether what a hold waits for was noted by a transaction that is over.
CREATE OR REPLACE FUNCTION chaos.is_past(point text, noted text) RETURNS boolean LANGUAGE sql AS $$
  SELECT EXISTS (SELECT 1 FROM chaos.hold h JOIN chaos.seen s ON s.what = noted AND s.record_type = h.record_type
                   AND (h.verb IS NULL OR s.verb = h.verb)
                  WHERE h.at = point AND s.xid <> pg_current_xact_id()) $$;

CREATE OR REPLACE FUNCTION chaos.on_permit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM chaos.wait_if(chaos.is_past('beforeSend', 'sending'));
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION chaos.on_intent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'applied' THEN
    PERFORM chaos.wait_if(EXISTS (SELECT 1 FROM chaos.hold
      WHERE at = 'answeredUnstored' AND record_type = NEW.record_type AND verb = NEW.verb));
  END IF;
  INSERT INTO chaos.seen (what, record_type, verb) VALUES (NEW.state, NEW.record_type, NEW.verb);
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION chaos.on_intents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM chaos.wait_if(chaos.is_past('storedUntold', 'applied'));
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION chaos.on_snapshot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM chaos.wait_if(EXISTS (SELECT 1 FROM chaos.hold h JOIN chaos.seen s ON s.what = 'applied'
      AND s.record_type = h.record_type AND s.verb = h.verb AND s.xid = pg_current_xact_id()
    WHERE h.at = 'storedUnlinked' AND h.record_type = NEW.record_type));
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION chaos.on_cursor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM chaos.wait_if(EXISTS (SELECT 1 FROM chaos.hold WHERE at = 'cursorUnmoved' AND record_type = NEW.record_type));
  INSERT INTO chaos.seen (what, record_type) VALUES ('cursor', NEW.record_type);
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION chaos.on_passes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM chaos.wait_if(chaos.is_past('cursorMoved', 'cursor'));
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER chaos_permit BEFORE INSERT ON quota_calls FOR EACH ROW EXECUTE FUNCTION chaos.on_permit();
CREATE OR REPLACE TRIGGER chaos_intent BEFORE UPDATE OF state ON write_intents FOR EACH ROW
  WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION chaos.on_intent();
CREATE OR REPLACE TRIGGER chaos_intents BEFORE UPDATE ON write_intents FOR EACH STATEMENT EXECUTE FUNCTION chaos.on_intents();
CREATE OR REPLACE TRIGGER chaos_snapshot BEFORE UPDATE OF disposition ON record_snapshots FOR EACH ROW
  EXECUTE FUNCTION chaos.on_snapshot();
CREATE OR REPLACE TRIGGER chaos_cursor BEFORE INSERT OR UPDATE ON cursors FOR EACH ROW EXECUTE FUNCTION chaos.on_cursor();
CREATE OR REPLACE TRIGGER chaos_passes BEFORE UPDATE ON sync_passes FOR EACH STATEMENT EXECUTE FUNCTION chaos.on_passes();
`;

/** Puts the triggers into the trial's own database. */
export async function installHolds(ownerUrl: string): Promise<void> {
  const client = await open(ownerUrl);
  await client.query(SCHEMA);
  await client.end();
}

const waitersSchema = z.array(z.object({ waiting: z.coerce.number() })).length(1);

/** The holder's own session; where the server dies, so do the lock and every wait for it. */
export async function openHolds(ownerUrl: string): Promise<Holds> {
  const client = await open(ownerUrl);
  return {
    async arm({ at, recordType, verb }) {
      await client.query(`SELECT pg_advisory_lock(${LOCK})`);
      await client.query("INSERT INTO chaos.hold (at, record_type, verb) VALUES ($1, $2, $3)", [
        at,
        recordType,
        verb,
      ]);
    },
    async isReached() {
      const { rows } = await client.query(
        `SELECT count(*) AS waiting FROM pg_locks
          WHERE locktype = 'advisory' AND NOT granted AND (classid, objid) = (${LOCK})`,
      );
      return waitersSchema.parse(rows).some(({ waiting }) => waiting > 0);
    },
    async release() {
      await client.query("DELETE FROM chaos.hold");
      await client.query("SELECT pg_advisory_unlock_all()");
    },
    async clear() {
      await client.query("TRUNCATE chaos.hold, chaos.seen");
    },
    close: () => client.end(),
  };
}

async function open(ownerUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: "chaos" });
  client.on("error", () => {});
  await client.connect();
  return client;
}
