/** What keeping the books in step has cost at one vendor over the last thirty days. */
export interface CallMeterView {
  readonly connectorLabel: string;
  readonly tenantName: string;
  readonly calls: number;
  /** Calls that the same work would have taken with one record in each. */
  readonly singleCalls: number;
  /** Bytes that the vendor sent, as decimal text. */
  readonly bytesReceived: string;
  /** Today's calls and what the vendor allows in a day. */
  readonly today: { readonly calls: number; readonly limit: number };
}
