/**
 * What a program needs to know to talk to a sandbox: every address that stands for one of the vendors' own,
 * the registered apps, and the keys that webhooks are signed with. All of it is made up and the same in every
 * sandbox; nothing here opens anything real.
 */
import { TIMESOLV_CLIENT } from "@/sandbox/timesolv/oauth";
import { TIMS_CLIENT } from "@/sandbox/tims/tokens";
import {
  XERO_CLIENT_ID,
  XERO_CLIENT_SECRET,
  XERO_CUSTOM_CLIENT_ID,
  XERO_CUSTOM_CLIENT_SECRET,
} from "@/sandbox/xero/identity/registered-apps";
import { ZOHO_CLIENT } from "@/sandbox/zoho/accounts/oauth";
import { accountsUrl, apiDomain, HOME_DATA_CENTRE } from "@/sandbox/zoho/data-centres";

/** x-xero-signature = base64(HMAC-SHA256(raw body, this text)). */
export const XERO_WEBHOOK_KEY = "c2FuZGJveC14ZXJvLXdlYmhvb2stc2lnbmluZy1rZXktbm90LWEtc2VjcmV0";
/** The secret key of the simulated Stripe account, and what its events are signed with. */
export const STRIPE_SECRET_KEY = "sk_test_sandboxStripeKeyOfNoAccount";
export const STRIPE_WEBHOOK_SECRET = "whsec_sandboxStripeEventsAreSignedWithThis";
/** Zoho takes 12 to 50 letters and digits. */
export const ZOHO_WEBHOOK_SECRET = "SandboxZohoWebhookSecret2026";

/** The addresses of a sandbox at an origin; `admin` and `smtp` are null while the admin API or the sink is off. */
export function sandboxAddresses(
  origin: string,
  options: { admin: boolean; smtp?: { host: string; port: number } | null } = { admin: false },
) {
  const { smtp = null } = options;
  const zohoApi = apiDomain(origin, HOME_DATA_CENTRE);
  return {
    origin,
    xero: {
      issuer: `${origin}/xero/identity`,
      authority: `${origin}/xero/identity`,
      discovery: `${origin}/xero/identity/.well-known/openid-configuration`,
      authorize: `${origin}/xero/identity/connect/authorize`,
      token: `${origin}/xero/identity/connect/token`,
      revocation: `${origin}/xero/identity/connect/revocation`,
      api: `${origin}/xero/api`,
      accounting: `${origin}/xero/api/api.xro/2.0`,
      connections: `${origin}/xero/api/connections`,
      payroll: `${origin}/xero/api/payroll.xro/1.0`,
      clientId: XERO_CLIENT_ID,
      clientSecret: XERO_CLIENT_SECRET,
      customClientId: XERO_CUSTOM_CLIENT_ID,
      customClientSecret: XERO_CUSTOM_CLIENT_SECRET,
      webhookKey: XERO_WEBHOOK_KEY,
    },
    zoho: {
      accounts: accountsUrl(origin, HOME_DATA_CENTRE),
      api: zohoApi,
      books: `${zohoApi}/books/v3`,
      inventory: `${zohoApi}/inventory/v1`,
      crm: `${zohoApi}/crm/v8`,
      expense: `${zohoApi}/expense/v1`,
      dataCentre: HOME_DATA_CENTRE,
      clientId: ZOHO_CLIENT.clientId,
      clientSecret: ZOHO_CLIENT.clientSecret,
      webhookSecret: ZOHO_WEBHOOK_SECRET,
    },
    timesolv: {
      app: `${origin}/timesolv/App`,
      api: `${origin}/timesolv/Services/rest/oAuth2V1`,
      clientId: TIMESOLV_CLIENT.clientId,
      clientSecret: TIMESOLV_CLIENT.clientSecret,
    },
    tims: { address: `${origin}/tims`, token: `${origin}/tims/oauth/token`, ...TIMS_CLIENT },
    /** Its API is at /v1 of the origin: the vendor's package takes no path. */
    stripe: { api: origin, secretKey: STRIPE_SECRET_KEY, webhookSecret: STRIPE_WEBHOOK_SECRET },
    smtp: smtp === null ? null : { host: smtp.host, port: smtp.port, page: `${origin}/smtp` },
    admin: options.admin ? `${origin}/control` : null,
  };
}
