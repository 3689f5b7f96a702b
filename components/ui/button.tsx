import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

export const buttonVariants = cva(
  "inline-flex shrink-0 items-center justify-center gap-2 rounded-md font-medium transition-colors select-none disabled:cursor-not-allowed disabled:opacity-60 aria-disabled:cursor-not-allowed aria-disabled:opacity-60 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "bg-primary text-primary-foreground shadow-raised hover:bg-primary-hover",
        outline: "border border-border bg-card text-foreground shadow-raised hover:bg-muted",
        ghost: "text-foreground hover:bg-muted",
        destructive: "border border-border bg-card text-destructive shadow-raised hover:bg-destructive-soft",
        link: "text-primary underline-offset-4 hover:underline",
      },
      size: {
        default: "min-h-10 px-4 text-sm",
        small: "min-h-8 px-3 text-sm",
        large: "min-h-12 px-6 text-base",
        icon: "size-10",
        inline: "p-0 text-sm",
      },
    },
    defaultVariants: { variant: "primary", size: "default" },
  },
);

/** A button; with `asChild` its only child (a link) wears the looks. */
export function Button({
  className,
  variant,
  size,
  asChild = false,
  type = "button",
  ...props
}: ComponentProps<"button"> & VariantProps<typeof buttonVariants> & { asChild?: boolean }) {
  const classes = cn(buttonVariants({ variant, size }), className);
  if (asChild) return <Slot.Root className={classes} {...props} />;
  return <button type={type} className={classes} {...props} />;
}
