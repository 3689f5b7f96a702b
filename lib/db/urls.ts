/*
 * The four roles of the database and their addresses. `owner` migrates; `app` works inside one workspace at a time;
 * `system` calls only functions that return ids; `runner` has the schema of the embedded step runner.
 */

export const ROLE_NAMES = { app: "tieout_app", system: "tieout_system", runner: "tieout_runner" } as const;
export type DatabaseRole = keyof typeof ROLE_NAMES;

export type RolePasswords = Readonly<Record<DatabaseRole, string>>;

export interface DatabaseUrls {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly systemUrl: string;
  readonly runnerUrl: string;
}

/** The addresses of all roles in the owner's database. */
export function databaseUrls(ownerUrl: string, passwords: RolePasswords): DatabaseUrls {
  return {
    ownerUrl,
    appUrl: urlAs(ownerUrl, ROLE_NAMES.app, passwords.app),
    systemUrl: urlAs(ownerUrl, ROLE_NAMES.system, passwords.system),
    runnerUrl: urlAs(ownerUrl, ROLE_NAMES.runner, passwords.runner),
  };
}

/** The passwords in role addresses that were set by hand; throws where one names another role or none. */
export function passwordsOf(urls: Omit<DatabaseUrls, "ownerUrl">): RolePasswords {
  return {
    app: passwordIn(urls.appUrl, ROLE_NAMES.app),
    system: passwordIn(urls.systemUrl, ROLE_NAMES.system),
    runner: passwordIn(urls.runnerUrl, ROLE_NAMES.runner),
  };
}

/** The same server and role, another database. */
export function urlOfDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.href;
}

export function databaseNameIn(url: string): string {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  if (name === "") throw new Error("the database URL names no database");
  return name;
}

function urlAs(url: string, role: string, password: string): string {
  const changed = new URL(url);
  changed.username = encodeURIComponent(role);
  changed.password = encodeURIComponent(password);
  return changed.href;
}

function passwordIn(url: string, role: string): string {
  const { username, password } = new URL(url);
  if (decodeURIComponent(username) !== role) throw new Error(`the URL of role ${role} names another role`);
  if (password === "") throw new Error(`the URL of role ${role} has no password`);
  return decodeURIComponent(password);
}
