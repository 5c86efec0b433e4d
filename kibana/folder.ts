/** Where the files lie that `npm run kibana` makes and `headwater kibana setup` applies. */
export const FOLDER = new URL("./objects/", import.meta.url);
export const FILES = ["data-views.json", "overview.json", "story.ndjson"] as const;
export type KibanaFile = (typeof FILES)[number];
