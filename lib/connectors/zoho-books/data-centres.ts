/**
 * Zoho's data centres. An account lives in exactly one of them, and a token of one is worth nothing in another.
 * The region id is the ending of the host, as in Zoho's own tables; `location` is the name that redirects use.
 * https://www.zoho.com/accounts/protocol/oauth/multi-dc.html (checked 2026-11-21). Plain data, safe in the browser.
 */
export interface ZohoDataCentre {
  /** Region id of a connection. */
  readonly id: string;
  readonly label: string;
  /** Value of `location` in the redirect after consent. */
  readonly location: string;
  readonly accountsBase: string;
  readonly apiBase: string;
}

export const ZOHO_DATA_CENTRES: readonly ZohoDataCentre[] = [
  dataCentre("com", "United States and rest of world", "us"),
  dataCentre("eu", "Europe", "eu"),
  dataCentre("uk", "United Kingdom", "uk"),
  dataCentre("in", "India", "in"),
  dataCentre("com.au", "Australia", "au"),
  dataCentre("jp", "Japan", "jp"),
  {
    id: "ca",
    label: "Canada",
    location: "ca",
    accountsBase: "https://accounts.zohocloud.ca",
    apiBase: "https://www.zohoapis.ca",
  },
  dataCentre("sa", "Saudi Arabia", "sa"),
];

function dataCentre(id: string, label: string, location: string): ZohoDataCentre {
  return {
    id,
    label,
    location,
    accountsBase: `https://accounts.zoho.${id}`,
    apiBase: `https://www.zohoapis.${id}`,
  };
}

/** The data centre of a region id, or null when there is none of that id. */
export function findDataCentre(region: string): ZohoDataCentre | null {
  return ZOHO_DATA_CENTRES.find(({ id }) => id === region) ?? null;
}
