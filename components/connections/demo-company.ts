/**
 * Whether an organisation is one of Xero's own demo companies, by the name that Xero gives them: "Demo Company" with the
 * country behind it. A hint for a person and no more: nothing is decided by it.
 */
export const looksLikeDemoCompany = (connectorId: string, tenantName: string): boolean =>
  connectorId === "xero" && /^Demo Company(?: \((?:UK|NZ|AU|US|Global|SG|ZA|CA)\))?$/.test(tenantName.trim());
