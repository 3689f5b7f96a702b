/**
 * Locations (once called branches). An organisation has none until they are switched on, which cannot be
 * undone and makes its head office the primary one; that one can be neither deleted nor made inactive.
 * https://www.zoho.com/books/api/v3/locations/ (checked 2026-11-21)
 */
import { z } from "zod";
import type { SandboxResponse } from "@/sandbox/kit/types";
import {
  type BooksCall,
  refuseMissing,
  refuseNotAllowed,
  refuseTaken,
  refuseValue,
  succeed,
  succeedWriting,
} from "../answers";
import { idsBy, isTaken } from "../indexes";
import { id, parseInput, text } from "../input";
import type { StoredLocation } from "../records";

const addressBody = z.object({
  city: text.optional(),
  state: text.optional(),
  country: text.optional(),
  attention: text.optional(),
  state_code: text.optional(),
  street_address1: text.optional(),
  street_address2: text.optional(),
});

const locationBody = z.object({
  location_name: text.optional(),
  country: text.optional(),
  type: z.enum(["general", "line_item_only"]).optional(),
  email: text.optional(),
  phone: text.optional(),
  address: addressBody.optional(),
  tax_settings_id: id.optional(),
  parent_location_id: id.optional(),
});
type LocationBody = z.infer<typeof locationBody>;

export function enableLocations(call: BooksCall): SandboxResponse {
  if (call.books.locations.size === 0) {
    const now = call.books.stamp();
    call.books.locations.put(call.books.nextId(), {
      ...{ name: "Head Office", type: "general", email: call.organization.email, phone: "", address: {} },
      ...{ taxSettingsId: "", parentId: "", primary: true, active: true, created: now, modified: now },
    });
  }
  return succeedWriting({}, "We're enabling locations for your organization.");
}

export function listLocations(call: BooksCall): SandboxResponse {
  return succeed({
    locations: [...call.books.locations.heads()].map(([locationId, location]) => {
      const { is_primary: _primary, status: _status, ...row } = locationWire(locationId, location);
      return { ...row, is_all_users_selected: true };
    }),
  });
}

export function createLocation(call: BooksCall): SandboxResponse {
  if (call.books.locations.size === 0)
    return refuseNotAllowed("Locations are not enabled for your organization.");
  const body = parseInput(locationBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  return writeLocation(call, call.books.nextId(), body.value, null);
}

export function updateLocation(call: BooksCall): SandboxResponse {
  const [locationId = ""] = call.ids;
  const previous = call.books.locations.get(locationId);
  if (previous === undefined) return refuseMissing(call.context, "Location");
  const body = parseInput(locationBody, call.input);
  return body.ok ? writeLocation(call, locationId, body.value, previous) : refuseValue(body.error);
}

function writeLocation(
  call: BooksCall,
  locationId: string,
  body: LocationBody,
  previous: StoredLocation | null,
): SandboxResponse {
  const { books } = call;
  const name = body.location_name ?? "";
  if (name === "") return refuseValue("location_name");
  if ((body.country ?? "") === "") return refuseValue("country");
  if ((body.tax_settings_id ?? "") === "") return refuseValue("tax_settings_id");
  const parentId = body.parent_location_id ?? previous?.parentId ?? "";
  if (parentId !== "" && (parentId === locationId || books.locations.head(parentId) === undefined))
    return refuseValue("parent_location_id");
  const taken = idsBy(books.locations, "name", (known) => known.name.toLowerCase(), name.toLowerCase());
  if (isTaken(taken, previous === null ? null : locationId))
    return refuseTaken("A location with this name already exists.");
  const now = books.stamp();
  const address = { ...previous?.address, ...definedTexts({ ...body.address, country: body.country }) };
  const location: StoredLocation = {
    primary: false,
    active: true,
    ...previous,
    name,
    address,
    parentId,
    type: body.type ?? previous?.type ?? "general",
    email: body.email ?? previous?.email ?? "",
    phone: body.phone ?? previous?.phone ?? "",
    taxSettingsId: body.tax_settings_id ?? "",
    created: previous?.created ?? now,
    modified: now,
  };
  books.locations.put(locationId, location);
  const shown = { locations: locationWire(locationId, location) };
  return previous === null
    ? succeedWriting(shown, "Location has been created.", 201)
    : succeedWriting(shown, "Location has been updated.");
}

function definedTexts(fields: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const defined: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) defined[name] = value;
  return defined;
}

export const activateLocation = (call: BooksCall): SandboxResponse =>
  changeLocation(call, "The location has been marked as active.", (location) => ({
    ...location,
    active: true,
  }));

export const deactivateLocation = (call: BooksCall): SandboxResponse =>
  changeLocation(call, "The location has been marked as inactive.", (location) =>
    location.primary ? null : { ...location, active: false },
  );

export function markLocationPrimary(call: BooksCall): SandboxResponse {
  const answer = changeLocation(call, "The location has been marked as primary.", (location) =>
    location.active ? { ...location, primary: true } : null,
  );
  if (answer.status !== 200) return answer;
  for (const [locationId, location] of [...call.books.locations.heads()])
    if (location.primary && locationId !== call.ids[0])
      call.books.locations.put(locationId, { ...location, primary: false });
  return answer;
}

function changeLocation(
  call: BooksCall,
  message: string,
  change: (location: StoredLocation) => StoredLocation | null,
): SandboxResponse {
  const [locationId = ""] = call.ids;
  const location = call.books.locations.get(locationId);
  if (location === undefined) return refuseMissing(call.context, "Location");
  const changed = change(location);
  if (changed === null) return refuseNotAllowed("This action cannot be performed on this location.");
  call.books.locations.put(locationId, { ...changed, modified: call.books.stamp() });
  return succeedWriting({}, message);
}

export function deleteLocation(call: BooksCall): SandboxResponse {
  const [locationId = ""] = call.ids;
  const location = call.books.locations.get(locationId);
  if (location === undefined) return refuseMissing(call.context, "Location");
  if (location.primary) return refuseNotAllowed("The primary location cannot be deleted.");
  call.books.locations.delete(locationId);
  // The second full stop is Zoho's.
  return succeedWriting({}, "The location has been deleted..");
}

function locationWire(locationId: string, location: StoredLocation) {
  return {
    location_id: locationId,
    location_name: location.name,
    type: location.type,
    email: location.email,
    phone: location.phone,
    address: location.address,
    is_primary: location.primary,
    status: location.active ? "active" : "inactive",
    parent_location_id: location.parentId,
    associated_series_ids: [],
    auto_number_generation_id: "",
    associated_users: [],
    tax_settings_id: location.taxSettingsId,
  };
}
