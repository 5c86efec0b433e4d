import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

/** The server's version; the client's minor version is the same (see package.json). */
export const ELASTICSEARCH_VERSION = "9.5.3";
/** What the server needs. */
const LEAST_JAVA = 21;

/** Where everything lies that `java` needs to start a node. */
export interface ElasticsearchHome {
  readonly java: string;
  /** Arguments before the settings. */
  readonly args: readonly string[];
}

const DESCRIPTOR = `name=transport-netty4
description=Talks over the network
version=${ELASTICSEARCH_VERSION}
elasticsearch.version=${ELASTICSEARCH_VERSION}
java.version=${LEAST_JAVA}
classname=org.elasticsearch.transport.netty4.Netty4Plugin
modulename=org.elasticsearch.transport.netty4
`;

/**
 * The bare server: the jars of Maven Central, without the modules that a download of Elasticsearch brings. It is put
 * together once in a cache folder outside the repository. Throws an Error that says what to install.
 */
export function elasticsearchHome(): ElasticsearchHome {
  const java = javaHome();
  const cache = path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), ".cache"), "headwater");
  const home = path.join(cache, `elasticsearch-${ELASTICSEARCH_VERSION}`);
  if (!existsSync(home)) assemble(home, java);
  return {
    java: path.join(java, "bin/java"),
    args: [
      ...["--module-path", path.join(home, "core"), "--add-modules", "ALL-MODULE-PATH"],
      ...[
        "--add-modules",
        "jdk.incubator.vector",
        "--enable-native-access=ALL-UNNAMED,org.apache.lucene.core",
      ],
      ...[
        `-Des.nativelibs.path=${home}`,
        "-cp",
        path.join(home, "launcher"),
        "BareNode",
        `path.home=${home}`,
      ],
    ],
  };
}

function assemble(home: string, java: string): void {
  const source = path.join(import.meta.dirname, "elasticsearch");
  // Beside its place, so that it appears whole or not at all.
  const making = `${home}.${process.pid}`;
  const core = path.join(making, "core");
  const netty = path.join(making, "modules/transport-netty4");
  try {
    for (const folder of [netty, path.join(making, "config")]) mkdirSync(folder, { recursive: true });
    cpSync(source, making, { recursive: true });
    runTool("mvn", making, [
      ...["-B", "-q", `-Delasticsearch.version=${ELASTICSEARCH_VERSION}`, "dependency:copy-dependencies"],
      ...["-DincludeScope=runtime", `-DoutputDirectory=${core}`],
    ]);
    for (const jar of readdirSync(core).filter((name) => /^(?:netty|transport-netty4)-/.test(name))) {
      renameSync(path.join(core, jar), path.join(netty, jar));
    }
    writeFileSync(path.join(netty, "plugin-descriptor.properties"), DESCRIPTOR);
    runTool(path.join(java, "bin/javac"), making, [
      ...["-d", "launcher", "--module-path", core, "--add-modules", "ALL-MODULE-PATH", "BareNode.java"],
    ]);
    renameSync(making, home);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    // Another run may have been quicker.
    if (!existsSync(home)) throw error;
  }
}

function runTool(command: string, directory: string, args: readonly string[]): void {
  try {
    execFileSync(command, args, { cwd: directory, stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: string; stdout?: Buffer; stderr?: Buffer };
    if (code === "ENOENT") throw missing(`there is no ${path.basename(command)} here`);
    throw new Error(`${path.basename(command)} failed:\n${stdout ?? ""}${stderr ?? ""}`, { cause: error });
  }
}

/** A JDK that is new enough: JAVA_HOME, or the newest of those that are installed. */
function javaHome(): string {
  const installed = ["/usr/lib/jvm", "/Library/Java/JavaVirtualMachines"].flatMap((folder) =>
    existsSync(folder) ? readdirSync(folder).map((name) => path.join(folder, name)) : [],
  );
  const homes = [
    process.env.JAVA_HOME ?? "",
    ...installed,
    ...installed.map((home) => path.join(home, "Contents/Home")),
  ];
  const newest = homes
    .map((home) => ({ home, version: versionOf(home) }))
    .filter(({ home, version }) => version >= LEAST_JAVA && existsSync(path.join(home, "bin/javac")))
    .sort((a, b) => b.version - a.version)[0];
  if (newest === undefined) throw missing(`there is no JDK of version ${LEAST_JAVA} or newer here`);
  return newest.home;
}

function versionOf(home: string): number {
  const release = path.join(home, "release");
  if (home === "" || !existsSync(release)) return 0;
  return Number(/^JAVA_VERSION="(\d+)/m.exec(readFileSync(release, "utf8"))?.[1] ?? 0);
}

function missing(what: string): Error {
  return new Error(
    `${what}; install Maven and a JDK of version ${LEAST_JAVA} or newer, or set HEADWATER_TEST_ELASTICSEARCH to the URL of an Elasticsearch (e.g. one started with Docker) whose indexes named headwater-test-* may be removed`,
  );
}
