import { z } from "zod";
import type { Route } from "./recorder.ts";

// The calls of Elasticsearch's security, lifecycle and snapshot APIs that the set-up makes, as
// https://www.elastic.co/docs/api/doc/elasticsearch documents them; a bare Elasticsearch has none of these.

const PRIVILEGES_OF_INDICES = [
  ...["all", "auto_configure", "create", "create_doc", "create_index", "delete", "delete_index", "index"],
  ...["maintenance", "manage", "manage_ilm", "monitor", "read", "view_index_metadata", "write"],
] as const;
const PRIVILEGES_OF_CLUSTER = [
  ...["all", "create_snapshot", "manage", "manage_ilm", "manage_index_templates", "manage_slm", "monitor"],
  ...["monitor_snapshot", "read_ilm", "read_slm"],
] as const;

const roleDescriptor = z.strictObject({
  cluster: z.array(z.enum(PRIVILEGES_OF_CLUSTER)),
  indices: z.array(
    z.strictObject({
      names: z.array(z.string()).min(1),
      privileges: z.array(z.enum(PRIVILEGES_OF_INDICES)).min(1),
    }),
  ),
  applications: z
    .array(
      z.strictObject({
        application: z.literal("kibana-.kibana"),
        privileges: z.array(z.enum(["all", "read", "space_all", "space_read"])),
        resources: z.array(z.string().regex(/^(?:\*|space:[\w-]+)$/)),
      }),
    )
    .optional(),
});

const age = z.string().regex(/^\d+[dhms]$/);
const lifecycle = z.strictObject({
  policy: z.strictObject({
    phases: z.strictObject({
      hot: z.strictObject({ min_age: age.optional(), actions: z.strictObject({}) }),
      warm: z.strictObject({
        min_age: age,
        actions: z.strictObject({ forcemerge: z.strictObject({ max_num_segments: z.int().min(1) }) }),
      }),
      delete: z
        .strictObject({ min_age: age, actions: z.strictObject({ delete: z.strictObject({}) }) })
        .optional(),
    }),
  }),
});

const slm = z.strictObject({
  schedule: z.string().regex(/^\d+ \d+ \d+ \S+ \S+ \?$/),
  name: z.string().regex(/^<[a-z-]+\{now\/d\}>$/),
  repository: z.string(),
  config: z.strictObject({
    indices: z.array(z.string()),
    include_global_state: z.boolean(),
    feature_states: z.array(z.string()),
  }),
  retention: z.strictObject({ expire_after: age, min_count: z.int(), max_count: z.int() }),
});

const ok = () => [200, { acknowledged: true }] as const;

/** Elasticsearch with security, as far as our set-up goes: it knows `elastic` and the keys it has made. */
export function elasticsearchApi(password: string) {
  const keys = new Map<string, string>();
  const elastic = `Basic ${Buffer.from(`elastic:${password}`).toString("base64")}`;
  const allowed = (authorization: string | undefined) => authorization === elastic;
  const encoded = (name: string, no: number) => Buffer.from(`${name}:${no}`).toString("base64");
  let made = 0;
  const routes: readonly Route[] = [
    {
      method: "POST",
      path: "/_security/user/kibana_system/_password",
      body: z.strictObject({ password: z.string().min(6) }),
      allowed,
      answer: () => [200, {}],
    },
    {
      method: "PUT",
      path: /^\/_security\/role\/([\w-]+)$/,
      body: roleDescriptor,
      allowed,
      answer: () => [200, {}],
    },
    {
      method: "PUT",
      path: /^\/_security\/user\/([\w-]+)$/,
      body: z.strictObject({
        password: z.string().min(6),
        roles: z.array(z.string()),
        full_name: z.string().optional(),
      }),
      allowed,
      answer: () => [200, { created: true }],
    },
    {
      method: "GET",
      path: "/_security/_authenticate",
      allowed: (authorization) => [...keys.values()].some((key) => authorization === `ApiKey ${key}`),
      answer: () => [200, { username: "elastic", authentication_type: "api_key" }],
    },
    {
      method: "DELETE",
      path: "/_security/api_key",
      body: z.strictObject({ name: z.string(), owner: z.boolean() }),
      allowed,
      answer: ({ body }) => {
        const { name } = body as { readonly name: string };
        return keys.delete(name)
          ? [200, { invalidated_api_keys: [name] }]
          : [404, { error: { type: "not_found" } }];
      },
    },
    {
      method: "POST",
      path: "/_security/api_key",
      body: z.strictObject({
        name: z.string(),
        expiration: z.string().optional(),
        role_descriptors: z.record(z.string(), roleDescriptor),
        metadata: z.record(z.string(), z.unknown()).optional(),
      }),
      allowed,
      answer: ({ body }) => {
        const { name } = body as { readonly name: string };
        made++;
        const key = encoded(name, made);
        keys.set(name, key);
        return [200, { id: `id-${made}`, name, api_key: "…", encoded: key }];
      },
    },
    { method: "PUT", path: /^\/_ilm\/policy\/([\w-]+)$/, body: lifecycle, allowed, answer: ok },
    {
      method: "PUT",
      path: /^\/_component_template\/([\w-]+)$/,
      body: z.strictObject({
        template: z.strictObject({ settings: z.strictObject({ "index.lifecycle.name": z.string() }) }),
      }),
      allowed,
      answer: ok,
    },
    {
      method: "PUT",
      path: /^\/_snapshot\/([\w-]+)$/,
      body: z.strictObject({
        type: z.literal("fs"),
        settings: z.strictObject({ location: z.string(), compress: z.boolean().optional() }),
      }),
      allowed,
      answer: ok,
    },
    { method: "PUT", path: /^\/_slm\/policy\/([\w-]+)$/, body: slm, allowed, answer: ok },
  ];
  return { routes, keys };
}
