import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { environmentNames } from "../../config/environment.ts";
import { FOLDERS } from "../../stack/places.ts";
import { code } from "../tidy/sources.ts";
import { takenAlong } from "./image.ts";
import { readCompose, type Service, withCompose } from "./model.ts";

const root = path.resolve(import.meta.dirname, "../..");
const text = (file: string) => readFileSync(path.join(root, file), "utf8");

/** Their start scripts write beside their config; what they write to is told in the file. */
const WRITE_IN_THEIR_ROOT = ["elasticsearch", "kibana"];
/** Who may speak to the world: what collects, what notifies, and what people's browsers reach. */
const OUTSIDE = ["board", "collect", "explorer", "kibana", "notify"];
const ROLES = ["analyze", "collect", "notify", "schedule", "trace"];

/** Who is given which secrets; nobody is given those of another. */
const SECRETS: Readonly<Record<(typeof FOLDERS)[number], readonly string[]>> = {
  ca: ["dashboards", "indices", "secrets", "setup"],
  setup: ["dashboards", "indices", "secrets", "setup"],
  elasticsearch: ["elasticsearch", "secrets"],
  kibana: ["kibana", "secrets"],
  redis: ["redis", "secrets"],
  workers: [...ROLES, "cli", "indices", "secrets", "setup"].sort(),
  board: ["board", "secrets", "setup"],
  explorer: ["explorer", "secrets", "setup"],
};

withCompose(() => {
  const { services, networks, volumes } = readCompose();
  const named = Object.entries(services);
  const once = (service: Service) => service.restart === "no";
  const ours = ({ image }: Service) => image.startsWith("headwater:");
  const names = (wanted: (service: Service, name: string) => boolean) =>
    named
      .filter(([name, service]) => wanted(service, name))
      .map(([name]) => name)
      .sort();

  describe("docker-compose.yml", () => {
    it("has every role as a service that can be scaled", () => {
      expect(names(({ command }) => command?.[0] === "work")).toEqual(ROLES);
      for (const role of ROLES) expect(services[role]!.command).toEqual(["work", "--role", role]);
      expect(
        names(({ container_name, ports }) => container_name !== undefined || (ports ?? []).length > 1),
      ).toEqual([]);
    });

    it("looks after the health of everything that stays", () => {
      const dockerfile = text("Dockerfile");
      expect(dockerfile).toMatch(/^HEALTHCHECK .*\n.*CMD \["node", "cli\/headwater.js", "health"\]/m);
      const unwatched = names(
        (service) => !once(service) && !ours(service) && service.healthcheck?.test === undefined,
      );
      expect(unwatched).toEqual([]);
      // Ours inherit the image's check, and must not turn it off.
      expect(names((service) => !once(service) && service.healthcheck?.disable === true)).toEqual([]);
    });

    it("starts nothing before what it needs is well or done", () => {
      const needs = named.flatMap(([name, { depends_on = {} }]) =>
        Object.entries(depends_on).map(([on, { condition }]) => [name, on, condition] as const),
      );
      expect(needs.length).toBeGreaterThan(15);
      const wrong = needs.filter(
        ([, on, condition]) =>
          condition !== (once(services[on]!) ? "service_completed_successfully" : "service_healthy"),
      );
      expect(wrong).toEqual([]);
    });

    it("limits memory, and gives no privilege that is not needed", () => {
      expect(names(({ mem_limit }) => !(Number(mem_limit) > 0))).toEqual([]);
      expect(names(({ init }) => init !== true)).toEqual([]);
      expect(names(({ cap_drop }) => cap_drop?.includes("ALL") !== true)).toEqual([]);
      expect(names(({ security_opt }) => security_opt?.includes("no-new-privileges:true") !== true)).toEqual(
        [],
      );
      expect(names(({ privileged }) => privileged === true)).toEqual([]);
      expect(names(({ read_only }) => read_only !== true)).toEqual(WRITE_IN_THEIR_ROOT);
    });

    it("runs nothing as root", () => {
      const dockerfile = text("Dockerfile");
      expect(dockerfile.lastIndexOf("\nUSER node\n")).toBeLessThan(dockerfile.indexOf("\nENTRYPOINT"));
      expect(dockerfile).toContain("\nUSER node\n");
      expect(names(({ user }) => user === "root" || user?.startsWith("0") === true)).toEqual([]);
      expect(services.redis!.user).toBe("valkey");
    });

    it("opens ports on this machine only", () => {
      const ports = named.flatMap(([name, { ports = [] }]) => ports.map(({ host_ip }) => [name, host_ip]));
      expect(ports.sort()).toEqual([
        ["board", "127.0.0.1"],
        ["explorer", "127.0.0.1"],
        ["kibana", "127.0.0.1"],
      ]);
    });

    it("lets only those out who must", () => {
      expect(networks.backend?.internal).toBe(true);
      expect(names((service) => service.networks !== undefined && "outside" in service.networks)).toEqual(
        OUTSIDE,
      );
      expect(names(({ network_mode, networks: on }) => on === undefined && network_mode !== "none")).toEqual(
        [],
      );
    });

    it("pins each image, and the stack to one version", () => {
      const images = named.map(([, { image }]) => image);
      expect(images.filter((image) => !/:\d+\.\d+\.\d+(?:-[a-z]+)?$/.test(image))).toEqual([]);
      const stack = images.filter((image) => image.startsWith("docker.elastic.co/"));
      expect(new Set(stack.map((image) => image.split(":")[1])).size).toBe(1);
      expect(text("docker-compose.yml")).not.toContain("latest");
      expect(text("Dockerfile")).toMatch(/^FROM node:24\.\d+\.\d+-/m);
    });

    it("mounts volumes only where the image has a folder of its user: another is root's, and cannot be written to", () => {
      const made = /^RUN mkdir -p ([^&]+)&& chown -R node:node ([^\n]+)$/m.exec(text("Dockerfile"))!;
      const folders = made[1]!.split(/[\s\\]+/);
      const owned = made[2]!.split(" ");
      const targets = named
        .filter(([, service]) => ours(service))
        .flatMap(([, service]) => service.volumes ?? [])
        .filter(({ type }) => type === "volume")
        .map(({ target }) => target);
      expect(targets.length).toBeGreaterThan(20);
      expect(targets.filter((target) => !folders.includes(target))).toEqual([]);
      const isOwned = (target: string) =>
        owned.some((folder) => target === folder || target.startsWith(`${folder}/`));
      expect(targets.filter((target) => !isOwned(target))).toEqual([]);
    });

    it("gives each service its own secrets and no others", () => {
      for (const folder of FOLDERS) {
        const holders = names(({ volumes: mounted = [] }) =>
          mounted.some(({ source }) => source === `secrets-${folder}`),
        );
        expect([folder, holders]).toEqual([folder, SECRETS[folder]]);
      }
      // Only the one-offs that make them may write them.
      const writers = names(({ volumes: mounted = [] }) =>
        mounted.some(({ source, read_only }) => source.startsWith("secrets-") && read_only !== true),
      );
      expect(writers).toEqual(["secrets", "setup"]);
    });

    it("holds no secret, and neither does the example of the environment", () => {
      const settings = named.flatMap(([name, { environment = {} }]) =>
        Object.entries(environment).map(([key, value]) => [name, key, value ?? ""] as const),
      );
      const wrong = settings.filter(
        ([, key, value]) =>
          /passw|secret|token|_key\b|api_?key/i.test(key) && !/^(?:[/\w.-]*\/[\w./-]+)?$/.test(value),
      );
      expect(wrong).toEqual([]);
      expect(text(".env.example")).not.toMatch(/^(?!VALKEY_)\w*(?:PASSWORD|SECRET|TOKEN|KEY)\w*=\S/m);
      expect(text("docker-compose.yml")).not.toMatch(/:\/\/[^/\s"]*:[^/\s"]*@/);
    });

    it("keeps data in named volumes only", () => {
      const mounts = named.flatMap(([name, { volumes: mounted = [] }]) =>
        mounted.map((mount) => ({ name, ...mount })),
      );
      const binds = mounts.filter(({ type }) => type === "bind");
      expect(
        binds.filter(({ read_only, bind }) => read_only !== true || bind?.create_host_path === true),
      ).toEqual([]);
      expect(new Set(binds.map(({ target }) => target))).toEqual(new Set(["/etc/headwater/headwater.yml"]));
      const used = new Set(mounts.filter(({ type }) => type === "volume").map(({ source }) => source));
      expect([...used].sort()).toEqual(Object.keys(volumes).sort());
    });

    it("sets only variables that Headwater reads", () => {
      const known = environmentNames();
      const set = named.flatMap(([, { environment = {} }]) => Object.keys(environment));
      expect(set.filter((name) => name.startsWith("HEADWATER_") && !known.includes(name))).toEqual([]);
      expect(set).toContain("HEADWATER_REDIS_URL_FILE");
    });

    it("asks for what the example of the environment gives, all of it", () => {
      const asked = new Set([...text("docker-compose.yml").matchAll(/\$\{(\w+)/g)].map(([, name]) => name!));
      const given = [...text(".env.example").matchAll(/^(\w+)=/gm)].map(([, name]) => name!);
      expect([...asked].sort()).toEqual(given.sort());
    });
  });
});

describe("the image", () => {
  it("takes in every room of the house, and neither tests nor secrets", () => {
    const rooms = new Set(code.filter((file) => file.includes("/")).map((file) => file.split("/")[0]!));
    for (const room of ["bench", "scripts", "tests"]) rooms.delete(room);
    const files = [".npmrc", "LICENSE", "NOTICE", "package-lock.json", "package.json"];
    expect([...takenAlong()].sort()).toEqual([...rooms, ...files].sort());
  });

  it("installs without running anybody's scripts", () => {
    expect(text("Dockerfile")).toMatch(/npm ci --ignore-scripts --omit=dev/);
  });
});
