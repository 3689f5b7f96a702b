/**
 * Sessions in the database: begun with a fresh token, over after 14 days unused and after 30 days in any case, listed
 * and ended by their owner. Somebody who still owes a second step has none.
 */
import type { Database, Transaction } from "@/lib/db/client";
import { hashSessionToken, newToken, SESSION_IDLE_SECONDS, SESSION_SECONDS } from "./session-token";

export interface OpenedSession {
  readonly token: string;
  readonly expires: Date;
}

export interface FoundSession {
  readonly sessionId: string;
  readonly userId: string;
  readonly name: string;
  readonly email: string;
}

export interface SessionRow {
  readonly sessionId: string;
  /** "Chrome on Windows"; empty where the browser did not say. */
  readonly device: string;
  readonly way: "xero" | "mail";
  readonly beganAt: string;
  readonly seenAt: string;
  readonly isThisOne: boolean;
}

/** Seen to within this long, so that a page costs no write. */
const SEEN_EVERY_MS = 5 * 60_000;

/** True while the session may be used. */
export function isAlive(row: { readonly expires: Date; readonly seenAt: Date }, now: Date): boolean {
  return row.expires > now && now.getTime() - row.seenAt.getTime() < SESSION_IDLE_SECONDS * 1000;
}

/** Begins a session in the caller's transaction; the token is told once and stored as a hash. */
export async function openSession(
  tx: Transaction,
  begun: {
    readonly userId: string;
    readonly device: string;
    readonly way: "xero" | "mail";
    readonly now: Date;
  },
): Promise<OpenedSession> {
  const token = newToken();
  const { userId, device, way, now } = begun;
  const expires = new Date(now.getTime() + SESSION_SECONDS * 1000);
  await tx.session.create({
    data: {
      sessionTokenHash: hashSessionToken(token),
      userId,
      device,
      way,
      expires,
      createdAt: now,
      seenAt: now,
    },
  });
  return { token, expires };
}

/** Who a token belongs to, noting that it was used; null once the session is over. */
export async function findSession(
  database: Database,
  token: string,
  now: Date,
): Promise<FoundSession | null> {
  return database.withoutWorkspace(async (tx) => {
    const row = await tx.session.findUnique({
      where: { sessionTokenHash: hashSessionToken(token) },
      include: { user: true },
    });
    if (!row || !isAlive(row, now)) return null;
    if (now.getTime() - row.seenAt.getTime() > SEEN_EVERY_MS)
      await tx.session.updateMany({ where: { id: row.id, seenAt: { lt: now } }, data: { seenAt: now } });
    const { id, name, email } = row.user;
    return { sessionId: row.id, userId: id, name: name ?? email, email };
  });
}

/** A person's sessions that are not over, the one used last first. */
export async function listSessions(
  database: Database,
  of: { readonly userId: string; readonly sessionId: string; readonly now: Date },
): Promise<SessionRow[]> {
  const rows = await database.withoutWorkspace((tx) =>
    tx.session.findMany({ where: { userId: of.userId }, orderBy: { seenAt: "desc" } }),
  );
  return rows
    .filter((row) => isAlive(row, of.now))
    .map((row) => ({
      sessionId: row.id,
      device: row.device,
      way: row.way === "mail" ? "mail" : "xero",
      beganAt: row.createdAt.toISOString(),
      seenAt: row.seenAt.toISOString(),
      isThisOne: row.id === of.sessionId,
    }));
}

/** Ends one of the person's sessions; somebody else's stays. */
export async function endSession(database: Database, userId: string, sessionId: string): Promise<void> {
  await database.withoutWorkspace((tx) => tx.session.deleteMany({ where: { id: sessionId, userId } }));
}

/** Ends every session of a person, and what was begun by mail and not finished. */
export async function endEverySession(tx: Transaction, userId: string): Promise<void> {
  await tx.session.deleteMany({ where: { userId } });
  await tx.pendingSignIn.deleteMany({ where: { userId } });
}
