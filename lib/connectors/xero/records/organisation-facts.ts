import type { XeroClient } from "../client";
import { readControlCode, readOrganisation } from "./reference-data";

/**
 * The few facts of an organisation that records are read and written with: neither changes while a connector is open, so
 * each is asked for once, by the first record that needs it.
 */
export interface OrganisationFacts {
  /** Manual journals are in it, and Xero does not say so in them. */
  baseCurrency(): Promise<string>;
  /** Code of the account that debts of customers or to suppliers stand on; null where the organisation shows none. */
  controlCode(systemAccount: ControlAccount): Promise<string | null>;
}

export type ControlAccount = "DEBTORS" | "CREDITORS";

/** A client that knows its organisation. */
export interface ConnectedXero extends XeroClient {
  readonly facts: OrganisationFacts;
}

export function connectXero(client: XeroClient): ConnectedXero {
  let baseCurrency: string | null = null;
  const codes = new Map<ControlAccount, string>();
  return {
    ...client,
    facts: {
      async baseCurrency() {
        baseCurrency ??= (await readOrganisation(client)).BaseCurrency;
        return baseCurrency;
      },
      async controlCode(systemAccount) {
        const code = codes.get(systemAccount) ?? (await readControlCode(client, systemAccount));
        if (code !== null) codes.set(systemAccount, code);
        return code;
      },
    },
  };
}
