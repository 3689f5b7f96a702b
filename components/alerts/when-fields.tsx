"use client";

import { useEffect, useId, useState } from "react";
import type { UseFormRegisterReturn } from "react-hook-form";
import { Field, FieldError, FieldLabel } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { hourWords } from "./channel-words";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** What the page can offer before the browser has told its own zones. */
const FALLBACK_ZONE = "UTC";

export interface WhenRegister {
  readonly severity: UseFormRegisterReturn;
  readonly rhythm: UseFormRegisterReturn;
  readonly hour: UseFormRegisterReturn;
  readonly timeZone: UseFormRegisterReturn;
}

/** From which severity on, and at once or once a day; the hour is asked for where there is one. */
export function WhenFields({
  register,
  isDaily,
  timeZone,
  zoneError,
}: {
  register: WhenRegister;
  isDaily: boolean;
  timeZone: string;
  zoneError: string | undefined;
}) {
  const id = useId();
  const zones = useTimeZones(timeZone);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field>
        <FieldLabel htmlFor={`${id}-severity`}>Tell</FieldLabel>
        <Select id={`${id}-severity`} {...register.severity}>
          <option value="needsYou">Only what needs you now</option>
          <option value="worthKnowing">Also what is worth knowing</option>
        </Select>
      </Field>
      <Field>
        <FieldLabel htmlFor={`${id}-rhythm`}>When</FieldLabel>
        <Select id={`${id}-rhythm`} {...register.rhythm}>
          <option value="atOnce">At once</option>
          <option value="daily">Once a day</option>
        </Select>
      </Field>
      {isDaily ? (
        <>
          <Field>
            <FieldLabel htmlFor={`${id}-hour`}>Hour of the day</FieldLabel>
            <Select id={`${id}-hour`} {...register.hour}>
              {HOURS.map((hour) => (
                <option key={hour} value={hour}>
                  {hourWords(hour)}
                </option>
              ))}
            </Select>
          </Field>
          <Field>
            <FieldLabel htmlFor={`${id}-zone`}>Time zone</FieldLabel>
            <Select id={`${id}-zone`} aria-describedby={`${id}-zone-error`} {...register.timeZone}>
              {zones.map((zone) => (
                <option key={zone} value={zone}>
                  {zone.replaceAll("_", " ")}
                </option>
              ))}
            </Select>
            <FieldError id={`${id}-zone-error`}>{zoneError}</FieldError>
          </Field>
        </>
      ) : null}
    </div>
  );
}

/** Every zone that the browser knows, and the chosen one. */
function useTimeZones(chosen: string): readonly string[] {
  const [known, setKnown] = useState<readonly string[]>([]);
  useEffect(() => setKnown(Intl.supportedValuesOf("timeZone")), []);
  return [...new Set([chosen, FALLBACK_ZONE, ...known])].sort();
}
