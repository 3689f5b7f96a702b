/**
 * Zoho's data centres as far as the sandbox plays them. Each has its own accounts and API address; a token
 * of one is worth nothing in another.
 * https://www.zoho.com/accounts/protocol/oauth/multi-dc.html (checked 2026-11-21)
 */

/** Path segment (as the host's ending) to the name that redirects give in `location`. */
const LOCATIONS = {
  com: "us",
  eu: "eu",
  in: "in",
  "com.au": "au",
  jp: "jp",
  ca: "ca",
  uk: "uk",
  sa: "sa",
  "com.cn": "cn",
} as const;

export type DataCentre = keyof typeof LOCATIONS;

export const DATA_CENTRES: readonly DataCentre[] = [
  ...(["com", "eu", "in", "com.au", "jp", "ca", "uk", "sa", "com.cn"] as const),
];

/** Where the sandbox's user and her organisation live. */
export const HOME_DATA_CENTRE: DataCentre = "eu";

export function findDataCentre(segment: string): DataCentre | null {
  return DATA_CENTRES.find((dataCentre) => dataCentre === segment) ?? null;
}

export const locationOf = (dataCentre: DataCentre): string => LOCATIONS[dataCentre];

/** Stands for https://accounts.zoho.eu and its like. */
export const accountsUrl = (origin: string, dataCentre: DataCentre): string =>
  `${origin}/zoho/${dataCentre}/accounts`;

/** Stands for https://www.zohoapis.eu and its like: the api_domain of token answers. */
export const apiDomain = (origin: string, dataCentre: DataCentre): string =>
  `${origin}/zoho/${dataCentre}/api`;
