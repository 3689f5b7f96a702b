import { Search } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";

/** A search that becomes part of the page's address, and works before any script has loaded. */
export function ListSearch({
  path,
  name,
  value,
  label,
  placeholder,
  hidden,
}: {
  path: string;
  /** Of the parameter. */
  name: string;
  value: string;
  label: string;
  placeholder: string;
  /** Other choices in the address that the search keeps. */
  hidden: Readonly<Record<string, string | null>>;
}) {
  return (
    <search>
      <form action={path} className="flex gap-2">
        {Object.entries(hidden).map(([key, kept]) =>
          kept === null ? null : <input key={key} type="hidden" name={key} value={kept} />,
        )}
        <Input
          type="search"
          name={name}
          defaultValue={value}
          maxLength={100}
          aria-label={label}
          placeholder={placeholder}
          className="min-h-8 sm:w-64"
        />
        <Button type="submit" variant="outline" size="small">
          <Search aria-hidden="true" />
          Search
        </Button>
      </form>
    </search>
  );
}
