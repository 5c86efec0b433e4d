import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
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

const SOURCE = path.join(import.meta.dirname, "elasticsearch");
const NETTY = /^(?:netty|transport-netty4)-/;

interface Module {
  readonly name: string;
  readonly class: string;
  readonly jars: RegExp;
  readonly extends?: string;
}

const TRANSPORT: Module = {
  name: "transport-netty4",
  class: "org.elasticsearch.transport.netty4.Netty4Plugin",
  jars: NETTY,
};

/** Named as they are in a download, but for its Java modules: those want every library that they could ever use. */
const SECURITY: readonly Module[] = [
  {
    name: "x-pack-core",
    class: "org.elasticsearch.xpack.core.XPackPlugin",
    jars: /^(?:x-pack-core|unboundid|http|commons)/,
  },
  {
    name: "x-pack-security",
    class: "org.elasticsearch.xpack.security.Security",
    jars: /^(?:x-pack-security|opensaml|netty|transport-netty4)-/,
    extends: "x-pack-core",
  },
  { name: "stand-ins", class: "StandIns", jars: /^stand-ins/, extends: "x-pack-core" },
];

/**
 * The bare server: the jars of Maven Central, without most modules that a download of Elasticsearch brings; with
 * accounts, API keys and TLS where it is `secured`. It is put together once in a cache folder outside the repository.
 * Throws an Error that says what to install.
 */
export function elasticsearchHome({ secured = false } = {}): ElasticsearchHome {
  const java = javaHome();
  const cache = path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), ".cache"), "headwater");
  const home = path.join(cache, `elasticsearch-${ELASTICSEARCH_VERSION}-${fingerprint()}`);
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
      // What the server shows to its security by name.
      ...["--add-exports", "org.elasticsearch.server/org.elasticsearch.plugins.interceptor=ALL-UNNAMED"],
      ...[`-Des.nativelibs.path=${home}`, "-cp", path.join(home, "launcher"), "BareNode"],
      ...[path.join(home, secured ? "secured" : "modules"), `path.home=${home}`],
    ],
  };
}

/** Of what a home is made from: one that was made from something else is not taken. */
function fingerprint(): string {
  const files = readdirSync(SOURCE).map((name) => path.join(SOURCE, name));
  const hash = createHash("sha256");
  for (const file of [...files, import.meta.filename]) hash.update(readFileSync(file));
  return hash.digest("hex").slice(0, 8);
}

function assemble(home: string, java: string): void {
  // Beside its place, so that it appears whole or not at all.
  const making = `${home}.${process.pid}`;
  const core = path.join(making, "core");
  const jars = path.join(making, "jars");
  try {
    mkdirSync(jars, { recursive: true });
    cpSync(SOURCE, making, { recursive: true });
    fetchJars(making, "server.xml", core);
    fetchJars(making, "security.xml", jars);
    for (const jar of readdirSync(core).filter((name) => NETTY.test(name))) {
      renameSync(path.join(core, jar), path.join(jars, jar));
    }
    const xpack = `jars/x-pack-core-${ELASTICSEARCH_VERSION}.jar`;
    for (const [source, to] of [
      ["BareNode.java", "launcher"],
      ["StandIns.java", "stand-ins"],
    ] as const) {
      runTool(path.join(java, "bin/javac"), making, [
        ...["-d", to, "--module-path", core, "--add-modules", "ALL-MODULE-PATH", "-cp", xpack, source],
      ]);
    }
    runTool(path.join(java, "bin/jar"), making, ["-cf", "jars/stand-ins.jar", "-C", "stand-ins", "."]);
    addModule(path.join(making, "modules"), TRANSPORT, jars);
    for (const module of [TRANSPORT, ...SECURITY]) addModule(path.join(making, "secured"), module, jars);
    rmSync(jars, { recursive: true });
    renameSync(making, home);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    // Another run may have been quicker.
    if (!existsSync(home)) throw error;
  }
}

function fetchJars(directory: string, pom: string, to: string): void {
  runTool("mvn", directory, [
    ...["-B", "-q", "-f", pom, `-Delasticsearch.version=${ELASTICSEARCH_VERSION}`],
    ...["dependency:copy-dependencies", "-DincludeScope=runtime", `-DoutputDirectory=${to}`],
  ]);
}

function addModule(modules: string, module: Module, jars: string): void {
  const folder = path.join(modules, module.name);
  mkdirSync(folder, { recursive: true });
  for (const jar of readdirSync(jars).filter((name) => module.jars.test(name))) {
    cpSync(path.join(jars, jar), path.join(folder, jar));
  }
  const lines = [
    `name=${module.name}`,
    `description=${module.name}`,
    `version=${ELASTICSEARCH_VERSION}`,
    `elasticsearch.version=${ELASTICSEARCH_VERSION}`,
    `java.version=${LEAST_JAVA}`,
    `classname=${module.class}`,
    ...(module.extends === undefined ? [] : [`extended.plugins=${module.extends}`]),
  ];
  writeFileSync(path.join(folder, "plugin-descriptor.properties"), lines.join("\n"));
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
