/**
 * How dependency-cruiser resolves "@/...". Given tsconfig.json instead, it would take every bare name for a folder at the
 * root first, and so the package "inngest" for our folder of that name.
 */
module.exports = { resolve: { alias: { "@": process.cwd() } } };
