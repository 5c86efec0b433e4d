import path from "node:path";

/**
 * Where the secrets of the stack lie: one folder a service, and a service is given its own folder only. Each is a
 * volume of docker-compose.yml.
 */
export const FOLDERS = [
  "ca",
  "setup",
  "elasticsearch",
  "kibana",
  "redis",
  "workers",
  "board",
  "explorer",
] as const;
export type Folder = (typeof FOLDERS)[number];

/** Those that serve by TLS. */
export const CERTIFIED = [
  "elasticsearch",
  "kibana",
  "redis",
  "board",
  "explorer",
] as const satisfies readonly Folder[];
type Certified = (typeof CERTIFIED)[number];

/** Files of the stack's secrets, below one root. */
export function places(root: string) {
  const at = (folder: Folder, name: string) => path.join(root, folder, name);
  return {
    folder: (folder: Folder) => path.join(root, folder),
    authority: { certificate: at("ca", "ca.crt"), key: at("setup", "ca.key") },
    certificate: (service: Certified) => ({
      certificate: at(service, `${service}.crt`),
      key: at(service, `${service}.key`),
    }),
    /** The authority beside the certificate: Elasticsearch reads no file outside its own folder. */
    trusted: (service: Certified | "workers") => at(service, "ca.crt"),
    /** Read by Elasticsearch at its first start, and by the set-up. */
    elasticPassword: [at("elasticsearch", "elastic_password"), at("setup", "elastic_password")],
    kibanaSystemPassword: at("setup", "kibana_system_password"),
    analystPassword: at("setup", "analyst_password"),
    setupKey: at("setup", "api_key"),
    kibanaConfig: at("kibana", "kibana.yml"),
    kibanaKeys: at("setup", "kibana_encryption_keys.json"),
    redisUsers: at("redis", "users.acl"),
    redisUrl: [at("workers", "redis_url"), at("board", "redis_url")],
    writerKey: at("workers", "elasticsearch_api_key"),
    /** For what only reads. */
    readerKey: at("explorer", "elasticsearch_api_key"),
    boardPassword: at("board", "password"),
    explorerPassword: at("explorer", "password"),
  } as const;
}
export type Places = ReturnType<typeof places>;
