/** The pages of the simulated Zoho Accounts: consent, and what is wrong with a request for it. */
import { escapeHtml } from "@/sandbox/kit/answers";
import { describeScope } from "./scopes";

export interface ConsentRequest {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string;
  readonly offline: boolean;
  /** prompt=consent: a refresh token comes even if the user has one already. */
  readonly prompted: boolean;
}

export interface SignedInUser {
  readonly name: string;
  readonly email: string;
}

const STYLE = `
  :root { color-scheme: light; }
  * { box-sizing: border-box; }
  body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: #1c2733; background: #f1f4f8; }
  main { max-width: 34rem; margin: 8vh auto; padding: 2rem; background: #fff; border: 1px solid #d5dde6; border-radius: 12px; }
  h1 { margin: 0 0 .5rem; font-size: 1.375rem; line-height: 1.3; }
  .sandbox { display: inline-block; margin: 0 0 1rem; padding: .125rem .625rem; border-radius: 999px; background: #fff4d6; color: #6b4b00; font-size: .8125rem; font-weight: 600; }
  .user { margin: 0 0 1.25rem; color: #475564; }
  ul { margin: .5rem 0 1.25rem; padding: 0; list-style: none; border: 1px solid #d5dde6; border-radius: 8px; }
  li { padding: .625rem .875rem; }
  li + li { border-top: 1px solid #e6ebf1; }
  .buttons { display: flex; gap: .75rem; margin-top: 1.5rem; }
  button { flex: 1; padding: .75rem 1rem; border-radius: 8px; border: 1px solid #0a5dc2; font: inherit; font-weight: 600; cursor: pointer; }
  button[value="accept"] { background: #0a5dc2; color: #fff; }
  button[value="reject"] { background: #fff; color: #0a4a9b; }
  button:focus-visible { outline: 3px solid #f0a500; outline-offset: 2px; }
  code { overflow-wrap: anywhere; }`;

/** Asks the signed-in user to accept or reject; a plain form that works without scripts. */
export function consentPage(request: ConsentRequest, user: SignedInUser, dataCentre: string): string {
  const asked = request.scopes
    .map((scope) => `<li>${escapeHtml(describeScope(scope) ?? scope)}</li>`)
    .join("");
  return page(
    "Allow Tieout to use your Zoho account?",
    `<p class="user">Signed in as <strong>${escapeHtml(user.name)}</strong> (${escapeHtml(user.email)}), data centre <strong>${escapeHtml(dataCentre)}</strong>.</p>
    <h2 id="asked" style="font-size:1rem;margin:0">Tieout asks to</h2>
    <ul aria-labelledby="asked">${asked}</ul>
    <p>${request.offline ? "Tieout may do this also while you are away, until you take the permission back." : "This permission ends after one hour."}</p>
    <form method="post">
      ${hidden("client_id", request.clientId)}${hidden("redirect_uri", request.redirectUri)}${hidden("scope", request.scopes.join(","))}
      ${hidden("state", request.state)}${hidden("access_type", request.offline ? "offline" : "online")}${hidden("response_type", "code")}
      ${request.prompted ? hidden("prompt", "consent") : ""}
      <div class="buttons">
        <button type="submit" name="decision" value="accept">Accept</button>
        <button type="submit" name="decision" value="reject">Reject</button>
      </div>
    </form>`,
  );
}

/** Says why there is nothing to consent to; Zoho does not redirect in these cases. */
export function refusalPage(error: string, explanation: string): string {
  return page(
    "Zoho cannot show this consent",
    `<p>${escapeHtml(explanation)}</p><p><code>${escapeHtml(error)}</code></p>`,
  );
}

const hidden = (name: string, value: string): string =>
  `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`;

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main>
  <p class="sandbox">Sandbox: a simulated Zoho</p>
  <h1>${escapeHtml(title)}</h1>
  ${content}
</main></body>
</html>`;
}
