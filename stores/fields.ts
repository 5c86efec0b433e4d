export * from "../text/query-fields.ts";
