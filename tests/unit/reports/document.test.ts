import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { toHtml } from "../../../reports/document/html.ts";
import { toMarkdown } from "../../../reports/document/markdown.ts";
import { figuresOf } from "../../../reports/document/sources.ts";
import { storyNote } from "../../../reports/kinds/story.ts";
import { mixedSentences } from "../../../reports/messages/estimates.ts";
import { MESSAGES } from "../../../reports/messages/index.ts";
import { newNotes, readNotes } from "../../../reports/parts/analyst.ts";
import { sampleNote } from "./sample.ts";

const html = toHtml(storyNote(sampleNote("en")), MESSAGES.en);
const page = parseHTML(html).document;

describe("a note as a page", () => {
  it("asks for nothing and runs nothing, whatever a post says", () => {
    expect(page.querySelectorAll("script, iframe, link, img[src^=http]").length).toBe(0);
    expect(html).toContain("script&#62;alert(1)&#60;/script&#62;");
    expect(html).toContain("default-src 'none'");
  });

  it("has a drawing with a title and a description, a lane an account, a mark a post", () => {
    const svg = page.querySelector("#timeline-drawing svg")!;
    expect(svg.getAttribute("role")).toBe("img");
    expect(svg.querySelector("desc")!.textContent).toContain("Hanhai Herald (state-controlled)");
    const lanes = [...svg.querySelectorAll('text[font-weight="600"]')].map((text) => text.textContent);
    expect(lanes).toHaveLength(4);
    const marks = [...svg.querySelectorAll("circle title, rect title, path title")].map(
      (mark) => mark.textContent,
    );
    expect(marks.filter((said) => /^\d+: /.test(said!))).toHaveLength(4);
    expect(svg.textContent).toContain("Debate");
  });

  it("draws a time known only to the day as a bar", () => {
    const bars = [...page.querySelectorAll('#timeline-drawing line[stroke-width="4"]')];
    expect(bars).toHaveLength(1);
  });

  it("marks what the copy added and what it left out", () => {
    const added = [...page.querySelectorAll(".comparison ins")].map((ins) => ins.textContent);
    expect(added.some((text) => text!.includes("你还打算留在这里吗"))).toBe(true);
    const left = [...page.querySelectorAll(".comparison del")].map((del) => del.textContent);
    expect(left.some((text) => text!.includes("里多信使报"))).toBe(true);
  });

  it("says what was deleted, by whom, between which visits, with the hash of what said so", () => {
    const said = page.body.textContent!.replace(/\s+/g, " ");
    expect(said).toContain("removed by the platform, between 2021-09-19 08:00");
    expect(said).toContain("ab".repeat(32));
    expect(said).toContain("its wording was changed between");
    expect(said).toMatch(/\[4\] as it stood at 2021-09-13/);
    expect(page.getElementById("later")).not.toBeNull();
  });

  it("shows no private account's name, id or address", () => {
    for (const hidden of ["北美", "gh_1234", "gh_5678", "枫城早报", "mp.example"])
      expect(html).not.toContain(hidden);
    expect(html).toContain("wechat account ");
  });

  it("leads from every citation and every number to a place on the page", () => {
    const targets = [...page.querySelectorAll('a[href^="#"]')].map((a) => a.getAttribute("href")!.slice(1));
    expect(targets.length).toBeGreaterThan(20);
    expect(targets.filter((id) => page.getElementById(id) === null)).toEqual([]);
  });

  it("carries a TLP alone at head and foot, and nothing before paragraphs", () => {
    const note = sampleNote("en");
    const marking = { page: "TLP:GREEN", paragraph: null };
    const own = parseHTML(
      toHtml(storyNote({ ...note, look: { ...note.look, marking } }), MESSAGES.en),
    ).document;
    expect([...own.querySelectorAll("p.marking")].map((line) => line.textContent)).toEqual([
      "TLP:GREEN",
      "TLP:GREEN",
    ]);
    expect(own.querySelectorAll(".mark").length).toBe(0);
  });

  it("carries its marking at head and foot and before each paragraph", () => {
    expect(page.querySelectorAll("p.marking").length).toBe(2);
    for (const p of page.querySelectorAll("main > p")) {
      if (p.previousElementSibling?.id !== "sources") expect(p.textContent).toMatch(/^\(U\) /);
    }
  });

  it("is the same to the byte when it is made again", () => {
    expect(toHtml(storyNote(sampleNote("en")), MESSAGES.en)).toBe(html);
  });
});

describe("a note's numbers", () => {
  it("are the numbers of the items they name", () => {
    const figures = figuresOf(storyNote(sampleNote("en")));
    expect(figures.length).toBeGreaterThan(5);
    const counts = figures.filter(({ source, value }) => source.kind === "items" && value < 10);
    for (const { source, value } of counts)
      expect(source.kind === "items" && source.items.length).toBe(value);
  });

  it("give exposure as an interval: the largest count, and the sum", () => {
    expect(html).toMatch(/Between <a[^>]*>20,000|Between <a[^>]*>100,000<\/a> and <a[^>]*>120,000/);
  });
});

describe("a note as Markdown", () => {
  it("shows a post's words as they are, never as markup", () => {
    const markdown = toMarkdown(storyNote(sampleNote("en")), MESSAGES.en);
    expect(markdown).not.toContain("<script");
    expect(markdown).toContain("script\\>alert(1)\\</script\\>");
    expect(markdown).toContain("## Where the numbers come from");
  });
});

describe("an analyst's sections", () => {
  const written = newNotes("note.en.html", MESSAGES.en).replace(
    "## Analyst's assessment\n",
    "## Analyst's assessment\n\nIt is **likely** that this matters. <b>Raw</b>\n",
  );

  it("are in the report when it is made again, without raw HTML", () => {
    const notes = readNotes(`${written}3: b2\n`, MESSAGES.en);
    const made = toHtml(storyNote(sampleNote("en", notes)), MESSAGES.en);
    expect(made).toContain("<strong>likely</strong>");
    expect(made).toContain("&lt;b&gt;Raw");
    expect(parseHTML(made).document.getElementById("i3")!.textContent).toContain("B2");
    expect(notes.problems).toEqual([]);
  });

  it("are told where likelihood and confidence stand in one sentence, or a code is none", () => {
    const { problems } = readNotes(
      `${written.replace("this matters.", "this matters, with high confidence.")}7: Z9\n`,
      MESSAGES.en,
    );
    expect(problems).toHaveLength(2);
    expect(problems[0]).toContain("ICD 203");
    expect(problems[1]).toContain("Z9");
  });

  it("keep likelihood and confidence apart in French, too", () => {
    expect(mixedSentences("Il est très probable que X, confiance élevée. Autre chose.")).toHaveLength(1);
    expect(mixedSentences("Il est très probable que X. La confiance est élevée.")).toHaveLength(0);
  });
});
