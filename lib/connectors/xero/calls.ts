import type { Allocation } from "xero-node/dist/gen/model/accounting/allocation.js";
import type { BankTransaction } from "xero-node/dist/gen/model/accounting/bankTransaction.js";
import type { Contact } from "xero-node/dist/gen/model/accounting/contact.js";
import type { CreditNote } from "xero-node/dist/gen/model/accounting/creditNote.js";
import type { Invoice } from "xero-node/dist/gen/model/accounting/invoice.js";
import type { Item } from "xero-node/dist/gen/model/accounting/item.js";
import type { ManualJournal } from "xero-node/dist/gen/model/accounting/manualJournal.js";
import type { Payment } from "xero-node/dist/gen/model/accounting/payment.js";
import type { PurchaseOrder } from "xero-node/dist/gen/model/accounting/purchaseOrder.js";
import type { SdkCall } from "./client";

/**
 * The SDK's methods by name instead of by position. Its arguments are positional and new ones have been inserted
 * before the last at every major version, so this is the one file where a position is counted (xero-node 20.0.0).
 */

/** Four decimals of unit amounts; without it Xero rounds them to two. */
const UNIT_DECIMALS = 4;
/** Each element is answered for itself, and a bad one leaves its neighbours saved. */
const SUMMARIZE_ERRORS = false;

export interface ListQuery {
  readonly modifiedSince?: Date;
  readonly where?: string;
  readonly order?: string;
  readonly page?: number;
  readonly pageSize?: number;
}

export const listContacts =
  (query: ListQuery): SdkCall =>
  (api, tenant) =>
    api.getContacts(
      tenant,
      query.modifiedSince,
      query.where,
      query.order,
      undefined,
      query.page,
      true,
      undefined,
      undefined,
      query.pageSize,
    );

export const listInvoices =
  (query: ListQuery & { readonly ids?: readonly string[]; readonly numbers?: readonly string[] }): SdkCall =>
  (api, tenant) =>
    api.getInvoices(
      tenant,
      query.modifiedSince,
      query.where,
      query.order,
      query.ids && [...query.ids],
      query.numbers && [...query.numbers],
      undefined,
      undefined,
      query.page,
      undefined,
      undefined,
      UNIT_DECIMALS,
      undefined,
      query.pageSize,
    );

export const listCreditNotes =
  (query: ListQuery): SdkCall =>
  (api, tenant) =>
    api.getCreditNotes(
      tenant,
      query.modifiedSince,
      query.where,
      query.order,
      query.page,
      UNIT_DECIMALS,
      query.pageSize,
    );

export const listPayments =
  (query: ListQuery): SdkCall =>
  (api, tenant) =>
    api.getPayments(tenant, query.modifiedSince, query.where, query.order, query.page, query.pageSize);

export const listBankTransactions =
  (query: ListQuery): SdkCall =>
  (api, tenant) =>
    api.getBankTransactions(
      tenant,
      query.modifiedSince,
      query.where,
      query.order,
      query.page,
      UNIT_DECIMALS,
      query.pageSize,
    );

/** Orders take no filter but these days. */
export const listPurchaseOrders =
  (query: ListQuery & { readonly from?: string; readonly to?: string }): SdkCall =>
  (api, tenant) =>
    api.getPurchaseOrders(
      tenant,
      query.modifiedSince,
      undefined,
      query.from,
      query.to,
      query.order,
      query.page,
      query.pageSize,
    );

export const listManualJournals =
  (query: ListQuery): SdkCall =>
  (api, tenant) =>
    api.getManualJournals(tenant, query.modifiedSince, query.where, query.order, query.page, query.pageSize);

export const listItems =
  (query: ListQuery): SdkCall =>
  (api, tenant) =>
    api.getItems(tenant, query.modifiedSince, query.where, query.order, UNIT_DECIMALS);

export const getContact =
  (id: string): SdkCall =>
  (api, tenant) =>
    api.getContact(tenant, id);

export const getItem =
  (id: string): SdkCall =>
  (api, tenant) =>
    api.getItem(tenant, id, UNIT_DECIMALS);

export const getInvoice =
  (id: string): SdkCall =>
  (api, tenant) =>
    api.getInvoice(tenant, id, UNIT_DECIMALS);

export const getCreditNote =
  (id: string): SdkCall =>
  (api, tenant) =>
    api.getCreditNote(tenant, id, UNIT_DECIMALS);

export const getPayment =
  (id: string): SdkCall =>
  (api, tenant) =>
    api.getPayment(tenant, id);

export const getBankTransaction =
  (id: string): SdkCall =>
  (api, tenant) =>
    api.getBankTransaction(tenant, id, UNIT_DECIMALS);

export const getPurchaseOrder =
  (id: string): SdkCall =>
  (api, tenant) =>
    api.getPurchaseOrder(tenant, id);

export const getManualJournal =
  (id: string): SdkCall =>
  (api, tenant) =>
    api.getManualJournal(tenant, id);

export const getOrganisation: SdkCall = (api, tenant) => api.getOrganisations(tenant);
export const listAccounts: SdkCall = (api, tenant) => api.getAccounts(tenant);
export const listTaxRates: SdkCall = (api, tenant) => api.getTaxRates(tenant);
export const listTrackingCategories: SdkCall = (api, tenant) =>
  api.getTrackingCategories(tenant, undefined, undefined, true);
export const listCurrencies: SdkCall = (api, tenant) => api.getCurrencies(tenant);

export const createContacts =
  (contacts: Contact[], key: string): SdkCall =>
  (api, tenant) =>
    api.createContacts(tenant, { contacts }, SUMMARIZE_ERRORS, key);

export const updateItems =
  (items: Item[], key: string): SdkCall =>
  (api, tenant) =>
    api.updateOrCreateItems(tenant, { items }, SUMMARIZE_ERRORS, UNIT_DECIMALS, key);

export const updateContacts =
  (contacts: Contact[], key: string): SdkCall =>
  (api, tenant) =>
    api.updateOrCreateContacts(tenant, { contacts }, SUMMARIZE_ERRORS, key);

export const createItems =
  (items: Item[], key: string): SdkCall =>
  (api, tenant) =>
    api.createItems(tenant, { items }, SUMMARIZE_ERRORS, UNIT_DECIMALS, key);

export const createInvoices =
  (invoices: Invoice[], key: string): SdkCall =>
  (api, tenant) =>
    api.createInvoices(tenant, { invoices }, SUMMARIZE_ERRORS, UNIT_DECIMALS, key);

export const updateInvoices =
  (invoices: Invoice[], key: string): SdkCall =>
  (api, tenant) =>
    api.updateOrCreateInvoices(tenant, { invoices }, SUMMARIZE_ERRORS, UNIT_DECIMALS, key);

export const createCreditNotes =
  (creditNotes: CreditNote[], key: string): SdkCall =>
  (api, tenant) =>
    api.createCreditNotes(tenant, { creditNotes }, SUMMARIZE_ERRORS, UNIT_DECIMALS, key);

export const updateCreditNotes =
  (creditNotes: CreditNote[], key: string): SdkCall =>
  (api, tenant) =>
    api.updateOrCreateCreditNotes(tenant, { creditNotes }, SUMMARIZE_ERRORS, UNIT_DECIMALS, key);

export const createAllocations =
  (creditNoteId: string, allocations: Allocation[], key: string): SdkCall =>
  (api, tenant) =>
    api.createCreditNoteAllocation(tenant, creditNoteId, { allocations }, SUMMARIZE_ERRORS, key);

export const createPayments =
  (payments: Payment[], key: string): SdkCall =>
  (api, tenant) =>
    api.createPayments(tenant, { payments }, SUMMARIZE_ERRORS, key);

export const createBankTransactions =
  (bankTransactions: BankTransaction[], key: string): SdkCall =>
  (api, tenant) =>
    api.createBankTransactions(tenant, { bankTransactions }, SUMMARIZE_ERRORS, UNIT_DECIMALS, key);

export const updateBankTransactions =
  (bankTransactions: BankTransaction[], key: string): SdkCall =>
  (api, tenant) =>
    api.updateOrCreateBankTransactions(tenant, { bankTransactions }, SUMMARIZE_ERRORS, UNIT_DECIMALS, key);

export const createPurchaseOrders =
  (purchaseOrders: PurchaseOrder[], key: string): SdkCall =>
  (api, tenant) =>
    api.createPurchaseOrders(tenant, { purchaseOrders }, SUMMARIZE_ERRORS, key);

export const updatePurchaseOrders =
  (purchaseOrders: PurchaseOrder[], key: string): SdkCall =>
  (api, tenant) =>
    api.updateOrCreatePurchaseOrders(tenant, { purchaseOrders }, SUMMARIZE_ERRORS, key);

export const createManualJournals =
  (manualJournals: ManualJournal[], key: string): SdkCall =>
  (api, tenant) =>
    api.createManualJournals(tenant, { manualJournals }, SUMMARIZE_ERRORS, key);

export const updateManualJournals =
  (manualJournals: ManualJournal[], key: string): SdkCall =>
  (api, tenant) =>
    api.updateOrCreateManualJournals(tenant, { manualJournals }, SUMMARIZE_ERRORS, key);

export const deletePayment =
  (paymentId: string, key: string): SdkCall =>
  (api, tenant) =>
    api.deletePayment(tenant, paymentId, { status: "DELETED" }, key);

export const deleteAllocation =
  (creditNoteId: string, allocationId: string): SdkCall =>
  (api, tenant) =>
    api.deleteCreditNoteAllocations(tenant, creditNoteId, allocationId);
