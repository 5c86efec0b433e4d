import { stringify } from "yaml";

/** Kibana's own config. It carries its password, so it lies among the secrets and not in the compose file. */
export function kibanaConfig(password: string, keys: readonly string[]): string {
  const [security, objects, reporting] = keys;
  const folder = "/secrets/kibana";
  return stringify({
    "server.name": "kibana",
    "server.host": "0.0.0.0",
    "server.ssl.enabled": true,
    "server.ssl.certificate": `${folder}/kibana.crt`,
    "server.ssl.key": `${folder}/kibana.key`,
    "elasticsearch.hosts": ["https://elasticsearch:9200"],
    "elasticsearch.ssl.certificateAuthorities": [`${folder}/ca.crt`],
    "elasticsearch.username": "kibana_system",
    "elasticsearch.password": password,
    "xpack.security.encryptionKey": security,
    "xpack.encryptedSavedObjects.encryptionKey": objects,
    "xpack.reporting.encryptionKey": reporting,
    // Nobody is told what is watched here.
    "telemetry.optIn": false,
    "map.includeElasticMapsService": false,
    "newsfeed.enabled": false,
  });
}
