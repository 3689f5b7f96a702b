/** Calls that change tracking categories and options; reading them stands in api/settings-calls.ts. */
import { notFound, postDataInvalid, validationException, type XeroAnswer } from "../answer";
import { answerRecords, bodyOf, firstId, type XeroCall } from "../api/call";
import { presentTrackingCategory, presentTrackingOption } from "../present/settings";
import type { TrackingCategory, TrackingOption } from "../records";
import { writeBatch } from "../write/batch";
import { readElement, readElements } from "../write/input";
import { refused } from "./account-calls";
import {
  createCategory,
  createOption,
  deleteCategory,
  deleteOption,
  trackingCategoryInput,
  trackingOptionInput,
  updateCategory,
  updateOption,
} from "./write-tracking";

/** PUT /TrackingCategories and POST /TrackingCategories/{id}: one category a call. */
export function writeTrackingCategories(call: XeroCall): XeroAnswer {
  const { books } = call;
  const before = call.ids[0] === undefined ? null : categoryOf(call);
  const elements = readElements(bodyOf(call), "TrackingCategories");
  if (elements.length > 1) throw postDataInvalid("Only one tracking category can be sent in one request.");
  return writeBatch(books, elements, {
    plural: "TrackingCategories",
    idField: "TrackingCategoryID",
    summarizeErrors: true,
    apply: (element) => {
      const input = readElement(element, trackingCategoryInput);
      return before === null ? createCategory(books, input) : updateCategory(books, before, input);
    },
    present: (id) => {
      const category = books.tracking.head(id);
      return category === undefined ? {} : presentTrackingCategory(category);
    },
  });
}

export function removeTrackingCategory(call: XeroCall): XeroAnswer {
  const category = categoryOf(call);
  const shown = presentTrackingCategory(category);
  const refusal = deleteCategory(call.books, category);
  if (refusal !== null) return validationException([refused(shown, [refusal])]);
  const deleted = { ...shown, Status: "DELETED", Options: [] };
  return { ...answerRecords(call, "TrackingCategories", [deleted]), elements: 1 };
}

/** PUT /TrackingCategories/{id}/Options: new options; all or none. */
export function addTrackingOptions(call: XeroCall): XeroAnswer {
  const { books } = call;
  categoryOf(call);
  return writeBatch(books, readElements(bodyOf(call), "Options"), {
    plural: "Options",
    idField: "TrackingOptionID",
    summarizeErrors: true,
    apply: (element) => createOption(books, categoryOf(call), readElement(element, trackingOptionInput)),
    present: (id) => shownOption(categoryOf(call), id),
  });
}

export function updateTrackingOption(call: XeroCall): XeroAnswer {
  const { books } = call;
  const before = optionOf(call);
  const elements = readElements(bodyOf(call), "Options");
  if (elements.length > 1) throw postDataInvalid("Only one tracking option can be sent in one request.");
  return writeBatch(books, elements, {
    plural: "Options",
    idField: "TrackingOptionID",
    summarizeErrors: true,
    apply: (element) =>
      updateOption(books, categoryOf(call), before, readElement(element, trackingOptionInput)),
    present: (id) => shownOption(categoryOf(call), id),
  });
}

export function removeTrackingOption(call: XeroCall): XeroAnswer {
  const option = optionOf(call);
  const refusal = deleteOption(call.books, categoryOf(call), option);
  if (refusal !== null) return validationException([refused(presentTrackingOption(option), [refusal])]);
  const deleted = {
    ...presentTrackingOption(option),
    Status: "DELETED",
    IsDeleted: true,
    IsArchived: false,
    IsActive: false,
  };
  return { ...answerRecords(call, "Options", [deleted]), elements: 1 };
}

function categoryOf(call: XeroCall): TrackingCategory {
  const category = call.books.tracking.get(firstId(call));
  if (category === undefined) throw notFound();
  return category;
}

function optionOf(call: XeroCall): TrackingOption {
  const id = (call.ids[1] ?? "").toLowerCase();
  const option = categoryOf(call).options.find((candidate) => candidate.id === id);
  if (option === undefined) throw notFound();
  return option;
}

function shownOption(category: TrackingCategory, id: string): ReturnType<typeof presentTrackingOption> {
  const option = category.options.find((candidate) => candidate.id === id);
  return option === undefined ? {} : presentTrackingOption(option);
}
