import { detectLanguage, loadLanguageModels } from "../../analyzers/language/index.ts";

export interface Detector {
  readonly name: string;
  /** A language code in whatever form the detector gives it, or `und`. */
  detect(text: string): string;
}

/** Ours and the JavaScript detectors a user would pick instead, each with its default settings unless said. */
export async function detectors(): Promise<readonly Detector[]> {
  await loadLanguageModels();
  return [
    { name: "Headwater", detect: (text) => detectLanguage(text).lang },
    ...(await Promise.all([eldLarge(), eldSmall(), fastText(), tinyldHeavy(), tinyld(), cld3(), franc()])),
  ];
}

async function franc(): Promise<Detector> {
  const { franc } = await import("franc");
  return { name: "franc", detect: (text) => franc(text) };
}

async function eldLarge(): Promise<Detector> {
  const { eld } = await import("eld/large");
  return { name: "eld large", detect: (text) => eld.detect(text).language || "und" };
}

async function eldSmall(): Promise<Detector> {
  const { eld } = await import("eld/small");
  return { name: "eld small", detect: (text) => eld.detect(text).language || "und" };
}

async function fastText(): Promise<Detector> {
  const { getLIDModel } = await import("fasttext.wasm.js");
  const { ft } = await (await getLIDModel()).load();
  return {
    name: "fasttext.wasm.js",
    detect(text) {
      // The model reads one line; `identify` leaves the line ends to its caller.
      const vector = ft.predict(text.replaceAll("\n", " "), 1, 0);
      const label = vector.size() > 0 ? vector.get(0)[1].slice("__label__".length) : "und";
      vector.delete();
      return label;
    },
  };
}

async function tinyldHeavy(): Promise<Detector> {
  const { detect } = await import("tinyld/heavy");
  return { name: "tinyld heavy", detect: (text) => detect(text) || "und" };
}

async function tinyld(): Promise<Detector> {
  const { detect } = await import("tinyld");
  return { name: "tinyld", detect: (text) => detect(text) || "und" };
}

async function cld3(): Promise<Detector> {
  const { loadModule } = await import("cld3-asm");
  const identifier = (await loadModule()).create(0, 1000);
  return { name: "cld3-asm", detect: (text) => identifier.findLanguage(text).language };
}
