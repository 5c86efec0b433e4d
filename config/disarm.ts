import names from "./disarm-techniques.json" with { type: "json" };

/** Names of the techniques of the DISARM framework by id, as the MISP galaxy lists them (see NOTICE). */
export const disarmTechniques: ReadonlyMap<string, string> = new Map(Object.entries(names));
