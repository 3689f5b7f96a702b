/** Two installations may number their companies alike, so the host stands before the company in a tenant's id. */
export const tenantIdOf = (apiBase: string, companyId: string): string =>
  `${new URL(apiBase).host}/${companyId}`;

/** The company of a tenant's id, as calls name it. */
export const companyOf = (tenantId: string): string => tenantId.slice(tenantId.indexOf("/") + 1);
