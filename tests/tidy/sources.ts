import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../..");

/** Files of the project: what git knows or would add; all but what is installed or written where there is no git. */
export const files: readonly string[] = fromGit() ?? fromFolder();

function fromGit(): readonly string[] | null {
  try {
    const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return listed.split("\n").filter((file) => file !== "" && existsSync(path.join(root, file)));
  } catch {
    return null;
  }
}

function fromFolder(): readonly string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, "/"))
    .filter((file) => !/^(?:node_modules|\.git|\.headwater|coverage)\//.test(file));
}

export function read(file: string): string {
  return readFileSync(path.join(root, file), "utf8");
}

export const code = files.filter((file) => file.endsWith(".ts"));

export interface Import {
  readonly from: string;
  /** A file of the project, or a package name. */
  readonly to: string;
  readonly lazy: boolean;
}

/** Every import of a file, types included. */
export function importsOf(file: string): readonly Import[] {
  const source = read(file);
  const found = [
    ...[...source.matchAll(/^(?:import|export)\s[^"';]*?from\s+"([^"]+)"/gm)].map(([, to]) => ({
      to: to!,
      lazy: false,
    })),
    ...[...source.matchAll(/^import\s+"([^"]+)"/gm)].map(([, to]) => ({ to: to!, lazy: false })),
    ...[...source.matchAll(/\bimport\(\s*"([^"]+)"\s*\)/g)].map(([, to]) => ({ to: to!, lazy: true })),
  ];
  return found.map(({ to, lazy }) => ({
    from: file,
    to: to.startsWith(".") ? path.posix.join(path.posix.dirname(file), to) : packageName(to),
    lazy,
  }));
}

/** The room a file stands in: its first folder. */
export function roomOf(file: string): string {
  return file.includes("/") ? file.slice(0, file.indexOf("/")) : ".";
}

function packageName(specifier: string): string {
  if (specifier.startsWith("node:")) return specifier;
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
