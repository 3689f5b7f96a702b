import { MARKER_KEY } from "@/lib/connectors/contract/marker-key";

/**
 * Where TIMS keeps our marker: in `externalId`, the field that it keeps for other systems (of contacts known from its pages,
 * of payments assumed). A product's SKU is its identity to everyone.
 */
const WHOLE = new RegExp(`^${MARKER_KEY.source}$`);

/** The external id where it is a key of some Tieout, else empty: another app's is none of ours. */
export const keyIn = (externalId: string): string => (WHOLE.test(externalId) ? externalId : "");
