import type { Adapter, AdapterUser } from "next-auth/adapters";
import type { Database } from "@/lib/db/client";
import { type Clock, systemClock } from "@/lib/kernel/clock";
import { hashSessionToken, SESSION_SECONDS } from "./session-token";
import { isAlive } from "./sessions";

/**
 * next-auth's storage over our own tables. It differs from the stock adapter on purpose: tokens of the login provider
 * are dropped (a connection's tokens live in the vault, and a login needs none), and a session is stored by the hash
 * of its token, and lives thirty days at most whatever next-auth would like to add.
 */
export function createAuthAdapter(
  database: Database,
  { device = "", clock = systemClock }: { readonly device?: string; readonly clock?: Clock } = {},
): Adapter {
  return { ...userStore(database), ...sessionStore(database, device, clock) };
}

function userStore(database: Database): Adapter {
  return {
    createUser: (user: Omit<AdapterUser, "id">) =>
      database.withoutWorkspace(async (tx) =>
        toAdapterUser(
          await tx.user.create({
            data: {
              name: user.name ?? null,
              email: normaliseEmail(user.email),
              emailVerified: user.emailVerified,
            },
          }),
        ),
      ),
    getUser: (id) =>
      database.withoutWorkspace(async (tx) =>
        toAdapterUserOrNull(await tx.user.findUnique({ where: { id } })),
      ),
    getUserByEmail: (email) =>
      database.withoutWorkspace(async (tx) =>
        toAdapterUserOrNull(await tx.user.findUnique({ where: { email: normaliseEmail(email) } })),
      ),
    getUserByAccount: ({ provider, providerAccountId }) =>
      database.withoutWorkspace(async (tx) => {
        const account = await tx.account.findUnique({
          where: { provider_providerAccountId: { provider, providerAccountId } },
          include: { user: true },
        });
        return toAdapterUserOrNull(account?.user ?? null);
      }),
    updateUser: ({ id, name, email, emailVerified }) =>
      database.withoutWorkspace(async (tx) =>
        toAdapterUser(
          await tx.user.update({
            where: { id },
            data: { name, emailVerified, ...(email === undefined ? {} : { email: normaliseEmail(email) }) },
          }),
        ),
      ),
    linkAccount: async ({
      userId,
      type,
      provider,
      providerAccountId,
    }: {
      userId: string;
      type: string;
      provider: string;
      providerAccountId: string;
    }) => {
      await database.withoutWorkspace((tx) =>
        tx.account.create({ data: { userId, type, provider, providerAccountId } }),
      );
    },
  };
}

function sessionStore(database: Database, device: string, clock: Clock): Adapter {
  return {
    createSession: async (session) => {
      const now = clock.now();
      await database.withoutWorkspace((tx) =>
        tx.session.create({
          data: {
            sessionTokenHash: hashSessionToken(session.sessionToken),
            userId: session.userId,
            expires: session.expires,
            device,
            createdAt: now,
            seenAt: now,
          },
        }),
      );
      return session;
    },
    getSessionAndUser: (sessionToken) =>
      database.withoutWorkspace(async (tx) => {
        const row = await tx.session.findUnique({
          where: { sessionTokenHash: hashSessionToken(sessionToken) },
          include: { user: true },
        });
        if (!row || !isAlive(row, clock.now())) return null;
        return {
          session: { sessionToken, userId: row.userId, expires: row.expires },
          user: toAdapterUser(row.user),
        };
      }),
    updateSession: ({ sessionToken, expires }) =>
      database.withoutWorkspace(async (tx) => {
        const where = { sessionTokenHash: hashSessionToken(sessionToken) };
        const row = await tx.session.findUniqueOrThrow({ where });
        const last = new Date(row.createdAt.getTime() + SESSION_SECONDS * 1000);
        const until = expires === undefined || expires > last ? last : expires;
        await tx.session.update({ where, data: { expires: until } });
        return { sessionToken, userId: row.userId, expires: until };
      }),
    deleteSession: async (sessionToken) => {
      await database.withoutWorkspace((tx) =>
        tx.session.deleteMany({ where: { sessionTokenHash: hashSessionToken(sessionToken) } }),
      );
    },
  };
}

interface UserRow {
  readonly id: string;
  readonly name: string | null;
  readonly email: string;
  readonly emailVerified: Date | null;
}

const toAdapterUser = ({ id, name, email, emailVerified }: UserRow): AdapterUser => ({
  id,
  name,
  email,
  emailVerified,
});
const toAdapterUserOrNull = (row: UserRow | null): AdapterUser | null => (row ? toAdapterUser(row) : null);

/** One person, one address: providers differ in how they spell the same one. */
export const normaliseEmail = (email: string): string => email.trim().toLowerCase();
