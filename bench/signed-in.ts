/** Somebody who is signed in, as the pages of one workspace are asked for. */
export interface SignedIn {
  readonly origin: string;
  readonly slug: string;
  readonly cookie: { readonly name: string; readonly value: string };
}
