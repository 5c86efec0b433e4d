import { readFileSync } from "node:fs";
import { StopAll } from "../contracts/errors.ts";
import type { JsonService, Upload } from "../http/json-service.ts";
import { differences } from "./differences.ts";
import { FOLDER, type KibanaFile } from "./folder.ts";

/** What setting up found of one object and did about it. */
export interface Applied {
  readonly what: string;
  readonly state: "same" | "new" | "changed";
  /** Where it differs, for a person to read. */
  readonly differences: readonly string[];
}

/** Of every request, https://www.elastic.co/docs/api/doc/kibana: a write without it is refused. */
export const KIBANA_HEADERS = { "kbn-xsrf": "true" };

/**
 * Brings data views and dashboards in Kibana to what the files say, each by its fixed id. What is the same is left
 * alone. With `look` nothing is written.
 */
export async function applyKibana(kibana: JsonService, mode: "write" | "look"): Promise<readonly Applied[]> {
  const views = JSON.parse(text("data-views.json")) as readonly DataView[];
  const applied: Applied[] = [];
  // Dashboards refer to data views, so these come first.
  for (const view of views) applied.push(await dataView(kibana, view, mode));
  applied.push(await dashboard(kibana, "headwater-overview", JSON.parse(text("overview.json")), mode));
  applied.push(await savedObjects(kibana, text("story.ndjson"), mode));
  return applied;
}

interface DataView {
  readonly id: string;
}

async function dataView(kibana: JsonService, view: DataView, mode: "write" | "look"): Promise<Applied> {
  const path = `/api/data_views/data_view/${view.id}`;
  const there = (await found(kibana, path)) as { readonly data_view: unknown } | null;
  const applied = compared(`data view ${view.id}`, there?.data_view ?? null, view);
  if (applied.state !== "same" && mode === "write") {
    // With `override` the one of the same id is replaced.
    await kibana.expect("POST", "/api/data_views/data_view", { data_view: view, override: true });
  }
  return applied;
}

async function dashboard(
  kibana: JsonService,
  id: string,
  body: unknown,
  mode: "write" | "look",
): Promise<Applied> {
  const path = `/api/dashboards/${id}`;
  const there = (await found(kibana, path)) as { readonly data: unknown } | null;
  const applied = compared(`dashboard ${id}`, there?.data ?? null, body);
  if (applied.state !== "same" && mode === "write") await kibana.expect("PUT", path, body);
  return applied;
}

interface SavedObject {
  readonly type: string;
  readonly id: string;
  readonly attributes: { readonly description?: string };
}

/**
 * Kibana rewrites saved objects into its newest form, so they cannot be compared; the mark in the description of the
 * dashboard, which comes last, tells which edition is there.
 */
async function savedObjects(kibana: JsonService, ndjson: string, mode: "write" | "look"): Promise<Applied> {
  const { id, attributes } = JSON.parse(ndjson.trim().split("\n").at(-1)!) as SavedObject;
  const there = (await found(kibana, `/api/dashboards/${id}`)) as {
    readonly data: { readonly description?: string };
  } | null;
  const ours = { description: attributes.description };
  const applied = compared(
    `dashboard ${id}`,
    there === null ? null : { description: there.data.description },
    ours,
  );
  if (applied.state !== "same" && mode === "write") {
    const answer = (await kibana.expect(
      "POST",
      "/api/saved_objects/_import?overwrite=true",
      asForm("story.ndjson", ndjson),
    )) as { readonly success: boolean; readonly errors?: readonly unknown[] };
    if (!answer.success) {
      throw new StopAll(`Kibana did not take ${id}: ${JSON.stringify(answer.errors ?? []).slice(0, 500)}`);
    }
  }
  return applied;
}

function compared(what: string, theirs: unknown, ours: unknown): Applied {
  if (theirs === null) return { what, state: "new", differences: [] };
  const differ = differences(ours, theirs);
  return { what, state: differ.length === 0 ? "same" : "changed", differences: differ };
}

async function found(kibana: JsonService, path: string): Promise<unknown> {
  const { status, body } = await kibana.ask("GET", path);
  if (status === 404) return null;
  if (status === 200) return body;
  // Said again, so that its refusal is told in the same words as any other.
  return kibana.expect("GET", path);
}

/** A file as a form sends it; the boundary must not occur in it. */
export function asForm(name: string, content: string): Upload {
  const boundary = `headwater-${crypto.randomUUID()}`;
  const lines = [
    `--${boundary}`,
    `Content-Disposition: form-data; name="file"; filename="${name}"`,
    "Content-Type: application/ndjson",
    "",
    content,
    `--${boundary}--`,
    "",
  ];
  return { type: `multipart/form-data; boundary=${boundary}`, bytes: Buffer.from(lines.join("\r\n")) };
}

function text(file: KibanaFile): string {
  return readFileSync(new URL(file, FOLDER), "utf8");
}
