/**
 * Xero's envelopes: the success answer, the validation exception, and the plain refusals of its gateway.
 * JSON or XML is chosen by the caller's Accept header in negotiate.ts; here everything is still an object.
 */
import { wireInstant } from "./dates";

/** An answer before it is written as JSON or XML. */
export interface XeroAnswer {
  readonly status: number;
  readonly body: Wire | string | null;
  /**
   * Records that follow in the body under their plural name. They are made one at a time while the answer is
   * written, since a thousand documents at once would cost more memory than all that the sandbox keeps.
   */
  readonly records?: { readonly plural: string; readonly each: Iterable<Wire> };
  /** True for the gateway's own answers, which are JSON whatever the caller accepts. */
  readonly isJson?: true;
  /** A file instead of a body; its content-type stands in the headers. */
  readonly bytes?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** Records in a write, for the call log. */
  readonly elements?: number;
}

export type Wire = Readonly<Record<string, unknown>>;

/** A refusal of the whole call; caught once, in api.ts. */
export class XeroRefusal extends Error {
  override readonly name = "XeroRefusal";
  constructor(readonly answer: XeroAnswer) {
    super(`refused with ${answer.status}`);
  }
}

/** 200 with records under their plural name. */
export function recordsAnswer(
  parts: { id: string; nowMs: number },
  plural: string,
  records: Iterable<Wire>,
  more: Wire = {},
): XeroAnswer {
  return {
    status: 200,
    body: {
      Id: parts.id,
      Status: "OK",
      ProviderName: "Tieout Sandbox",
      DateTimeUTC: wireInstant(parts.nowMs),
      ...more,
    },
    records: { plural, each: records },
  };
}

/** 400 with the elements that were refused; nothing of the call was saved. */
export function validationException(elements: readonly Wire[]): XeroAnswer {
  return {
    status: 400,
    body: {
      ErrorNumber: 10,
      Type: "ValidationException",
      Message: "A validation exception occurred",
      Elements: elements,
    },
  };
}

/** 400 for a body that cannot be read as what the endpoint takes. */
export function postDataInvalid(message: string): XeroRefusal {
  return new XeroRefusal({
    status: 400,
    body: { ErrorNumber: 14, Type: "PostDataInvalidException", Message: message },
  });
}

/** 400 for a body without any record of the endpoint's kind ("Invoice"). */
export function noDataProcessed(kind: string): XeroRefusal {
  return new XeroRefusal({
    status: 400,
    body: {
      ErrorNumber: 17,
      Type: "NoDataProcessedException",
      Message: `No data has been processed for this endpoint. This endpoint is expecting ${kind} data to be specifed in the request body.`,
    },
  });
}

/** 400 for a filter or order that cannot be understood. */
export function queryParse(message: string): XeroRefusal {
  return new XeroRefusal({
    status: 400,
    body: { ErrorNumber: 16, Type: "QueryParseException", Message: message },
  });
}

/** 404 as Xero says it: plain text. */
export function notFound(): XeroRefusal {
  return new XeroRefusal({ status: 404, body: "The resource you're looking for cannot be found" });
}

/** 500 as Xero's gateway says it. */
export function serverError(instance: string): XeroRefusal {
  return new XeroRefusal({
    status: 500,
    isJson: true,
    body: {
      Title: "An error occurred",
      Detail:
        "An error occurred in Xero. Check the API Status page http://status.developer.xero.com for current service status.",
      Status: 500,
      Instance: instance,
    },
  });
}

/** The gateway's refusals (no token, no tenant, too little scope). */
export function gatewayRefusal(
  status: 401 | 403,
  detail: string,
  instance: string,
  headers: Readonly<Record<string, string>> = {},
): XeroRefusal {
  return new XeroRefusal({
    status,
    headers,
    isJson: true,
    body: {
      Type: null,
      Title: status === 401 ? "Unauthorized" : "Forbidden",
      Status: status,
      Detail: detail,
      Instance: instance,
      Extensions: {},
    },
  });
}
