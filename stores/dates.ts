export * from "../text/query-dates.ts";
