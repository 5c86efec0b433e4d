import { z } from "zod";
import type { Route } from "../stack/recorder.ts";
import { dashboardBody, dataViewBody } from "./dashboards-api.ts";

/** Kibana's data views, dashboards and import, as far as we use them; it keeps what it is given. */
export function kibanaApi(key: string) {
  const views = new Map<string, object>();
  const dashboards = new Map<string, object>();
  const written: string[] = [];
  const allowed = (authorization: string | undefined) => authorization === `ApiKey ${key}`;
  /** A write without the header is refused, for it could come from a page in an analyst's browser. */
  const written_ = (authorization: string | undefined, headers: Readonly<Record<string, unknown>>) =>
    allowed(authorization) && headers["kbn-xsrf"] === "true";
  const routes: readonly Route[] = [
    {
      method: "GET",
      path: /^\/api\/data_views\/data_view\/([\w-]+)$/,
      allowed,
      answer: (_, [id]) => {
        const there = views.get(id!);
        // Kibana adds much of its own.
        return there === undefined
          ? [404, { statusCode: 404 }]
          : [
              200,
              { data_view: { ...there, version: "WzEsMV0=", sourceFilters: [], namespaces: ["default"] } },
            ];
      },
    },
    {
      method: "POST",
      path: "/api/data_views/data_view",
      body: dataViewBody,
      allowed: written_,
      answer: ({ body }) => {
        const { data_view } = body as z.infer<typeof dataViewBody>;
        views.set(data_view.id, data_view);
        written.push(data_view.id);
        return [200, { data_view }];
      },
    },
    {
      method: "GET",
      path: /^\/api\/dashboards\/([\w-]+)$/,
      allowed,
      answer: (_, [id]) => {
        const there = dashboards.get(id!);
        return there === undefined
          ? [404, { statusCode: 404 }]
          : [
              200,
              { id, data: { ...there, options: { use_margins: true }, filters: [] }, meta: { version: "1" } },
            ];
      },
    },
    {
      method: "PUT",
      path: /^\/api\/dashboards\/([\w-]+)$/,
      body: dashboardBody,
      allowed: written_,
      answer: ({ body }, [id]) => {
        const created = !dashboards.has(id!);
        dashboards.set(id!, body as object);
        written.push(id!);
        return [created ? 201 : 200, { id, data: body, meta: {} }];
      },
    },
    {
      method: "POST",
      path: "/api/saved_objects/_import",
      query: { overwrite: "true" },
      body: z.string(),
      allowed: written_,
      answer: ({ body }) => {
        const objects = fileOf(body as string)
          .split("\n")
          .map(
            (line) =>
              JSON.parse(line) as { readonly type: string; readonly id: string; readonly attributes: object },
          );
        for (const { type, id, attributes } of objects) {
          if (type === "dashboard") dashboards.set(id, attributes);
          written.push(id);
        }
        return [200, { success: true, successCount: objects.length }];
      },
    },
  ];
  return { routes, views, dashboards, written };
}

/** The one file of a form. */
function fileOf(form: string): string {
  const boundary = form.slice(0, form.indexOf("\r\n"));
  const [head, ...rest] = form.slice(boundary.length + 2).split("\r\n\r\n");
  if (!/^Content-Disposition: form-data; name="file"; filename="[\w.-]+\.ndjson"/.test(head!))
    throw new Error(head);
  const end = rest.join("\r\n\r\n").indexOf(`\r\n${boundary}--`);
  return rest.join("\r\n\r\n").slice(0, end).trim();
}
