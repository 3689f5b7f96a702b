/** One address of Zoho Books as the simulator lists it, and the scope module that opens it. */
import type { SandboxResponse } from "@/sandbox/kit/types";
import type { BooksCall } from "./answers";

export interface Route {
  readonly method: string;
  /** With {id} for an id, as in the call log. */
  readonly operation: string;
  /** "contacts" of ZohoBooks.contacts.READ. */
  readonly module: string;
  readonly handle: (call: BooksCall) => SandboxResponse;
  readonly pattern: RegExp;
}

export const route = (
  method: string,
  operation: string,
  module: string,
  handle: (call: BooksCall) => SandboxResponse,
): Route => ({
  method,
  operation,
  module,
  handle,
  pattern: new RegExp(`^${operation.replaceAll("{id}", "(\\d+)")}$`),
});
