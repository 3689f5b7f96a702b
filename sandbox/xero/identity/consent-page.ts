/**
 * The pages that a person sees between "Connect to Xero" and coming back: choose who to sign in as, then
 * what to allow and for which organisation. Plain HTML forms without scripts, so that a test can post them.
 */
import { escapeHtml } from "@/sandbox/kit/answers";
import type { Organisation, XeroUser } from "../records";

/** The query of the authorize call, carried along by both forms. */
export type AuthorizeFields = Readonly<Record<string, string>>;

const STYLE = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; background: #eef3f7; color: #1c2733; display: grid; place-items: center;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; padding: 24px; }
main { background: #fff; width: 100%; max-width: 480px; border-radius: 12px; padding: 32px;
  box-shadow: 0 1px 2px rgb(16 42 67 / .12), 0 8px 24px rgb(16 42 67 / .1); }
.sandbox { display: inline-block; background: #fff3d6; color: #6b4700; border-radius: 999px; padding: 2px 12px;
  font-size: 13px; font-weight: 600; margin: 0 0 16px; }
h1 { font-size: 22px; line-height: 1.3; margin: 0 0 8px; }
h2 { font-size: 16px; margin: 24px 0 8px; }
p { margin: 0 0 12px; color: #43525f; }
ul { margin: 0; padding-left: 20px; }
li { margin: 4px 0; }
fieldset { border: 0; padding: 0; margin: 24px 0 0; }
legend { font-weight: 600; padding: 0; margin-bottom: 8px; }
label { display: flex; gap: 12px; align-items: center; border: 1px solid #b6c4d0; border-radius: 8px;
  padding: 12px; margin-bottom: 8px; cursor: pointer; }
label:has(input:checked) { border-color: #00628f; background: #f0f8fc; }
small { color: #51606d; display: block; }
button { font: inherit; font-weight: 600; border-radius: 8px; padding: 12px 16px; border: 1px solid #b6c4d0;
  background: #fff; color: #1c2733; cursor: pointer; }
button.person { display: block; width: 100%; text-align: left; margin-bottom: 8px; }
button.allow { background: #00628f; border-color: #00628f; color: #fff; }
button:hover { filter: brightness(.96); }
:focus-visible { outline: 3px solid #ffb300; outline-offset: 2px; }
.actions { display: flex; gap: 12px; margin-top: 24px; flex-wrap: wrap; }
`;

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Xero sandbox</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<p class="sandbox">Sandbox: no real Xero data</p>
${body}
</main>
</body>
</html>
`;
}

function hiddenFields(fields: AuthorizeFields): string {
  return Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join("\n");
}

/** Choose one of the seeded people; each button carries `user` (an email address) to the same address. */
export function signInPage(fields: AuthorizeFields, users: readonly XeroUser[], action: string): string {
  const buttons = users
    .map(
      (user) =>
        `<button class="person" name="user" value="${escapeHtml(user.email)}">Sign in as ${escapeHtml(
          `${user.givenName} ${user.familyName}`,
        )}<small>${escapeHtml(`${user.role}, ${user.email}`)}</small></button>`,
    )
    .join("\n");
  return page(
    "Sign in",
    `<h1>Sign in to Xero</h1>
<p>Choose who you are in the sandbox.</p>
<form method="get" action="${escapeHtml(action)}">
${hiddenFields(fields)}
${buttons}
</form>`,
  );
}

/** What is asked, for which organisation, and the two answers. */
export function consentPage(
  fields: AuthorizeFields,
  parts: {
    appName: string;
    user: XeroUser;
    scopesInWords: readonly string[];
    /** Null when only the person's identity is asked for. */
    organisations: readonly Organisation[] | null;
    action: string;
  },
): string {
  const scopes = parts.scopesInWords.map((words) => `<li>${escapeHtml(words)}</li>`).join("\n");
  return page(
    "Allow access",
    `<h1>${escapeHtml(parts.appName)} would like access</h1>
<p>You are signed in as ${escapeHtml(`${parts.user.givenName} ${parts.user.familyName}`)} (${escapeHtml(parts.user.email)}).</p>
<h2>It would be able to</h2>
<ul>
${scopes}
</ul>
<form method="post" action="${escapeHtml(parts.action)}">
${hiddenFields({ ...fields, user: parts.user.email })}
${parts.organisations === null ? "" : organisationChoice(parts.organisations)}
<div class="actions">
<button class="allow" name="decision" value="allow">Allow access</button>
<button name="decision" value="cancel" formnovalidate>Cancel</button>
</div>
</form>`,
  );
}

function organisationChoice(organisations: readonly Organisation[]): string {
  if (organisations.length === 0) return "<p>You belong to no organisation.</p>";
  const choices = organisations
    .map(
      (organisation, index) =>
        `<label><input type="radio" name="tenant" value="${escapeHtml(organisation.id)}" required${
          index === 0 ? " checked" : ""
        }><span>${escapeHtml(organisation.name)}<small>${escapeHtml(
          `${organisation.countryCode}, ${organisation.baseCurrency}`,
        )}</small></span></label>`,
    )
    .join("\n");
  return `<fieldset><legend>Choose one organisation</legend>
${choices}
</fieldset>`;
}

/** A request that cannot be sent back to the app, since its address is not to be trusted. */
export function errorPage(error: string, description: string): string {
  return page(
    "Something is wrong",
    `<h1>Sorry, something is wrong with this request</h1>
<p><strong>${escapeHtml(error)}</strong></p>
<p>${escapeHtml(description)}</p>`,
  );
}
