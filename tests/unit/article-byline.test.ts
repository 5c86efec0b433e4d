import { describe, expect, test } from "vitest";
import { agencyNamed } from "../../text/agencies.ts";
import { findByline } from "../../text/article-byline.ts";

const MIDDLE =
  "The ferry did not sail on Monday.\nThe wind was too strong, said the company.\nIt may sail on Friday.";

describe("credits that open a report", () => {
  test.each([
    ["新华社北京3月1日电（记者某某）渡轮今天停航。", "新华社"],
    ["（新华社北京3月1日电）渡轮今天停航。", "新华社"],
    ["中新网3月1日电 渡轮今天停航。", "中新社"],
    ["（中央社記者某某台北1日電）渡輪今天停航。", "中央社"],
    ["据新华社消息，渡轮今天停航。", "新华社"],
    ["OTTAWA (Reuters) - The ferry did not sail.", "Reuters"],
    ["BEIJING, March 1 (Xinhua) -- The ferry did not sail.", "新华社"],
    ["(AP) — The ferry did not sail.", "Associated Press"],
    ["HALIFAX, N.S. (The Canadian Press) — The ferry did not sail.", "Canadian Press"],
    ["PARIS, 1er mars (AFP) — Le traversier est resté à quai.", "Agence France-Presse"],
    ["МОСКВА, 1 марта. /ТАСС/. Паром сегодня не вышел.", "ТАСС"],
    ["МОСКВА, 1 мар — РИА Новости. Паром сегодня не вышел.", "РИА Новости"],
    ["Москва. 1 марта. Интерфакс. Паром сегодня не вышел.", "Интерфакс"],
  ])("%s", (opening, agency) => {
    expect(findByline(`${opening}\n${MIDDLE}`, null)).toBe(agency);
  });
});

describe("credits that close a report", () => {
  test.each([
    ["渡轮星期五再开。（新华社）", "新华社"],
    ["（据中新社）", "中新社"],
    ["Avec AFP", "Agence France-Presse"],
    ["Avec les informations de La Presse canadienne", "Canadian Press"],
    ["Avec des informations de La Presse canadienne", "Canadian Press"],
    ["(avec l’Agence France-Presse)", "Agence France-Presse"],
    ["— With files from The Canadian Press", "Canadian Press"],
    ["This report by The Canadian Press was first published March 1, 2025.", "Canadian Press"],
    ["/ТАСС/", "ТАСС"],
    ["Reuters", "Reuters"],
  ])("%s", (closing, agency) => {
    expect(findByline(`${MIDDLE}\n${closing}`, null)).toBe(agency);
  });
});

test.each([
  "Reuters reported on Monday that the ferry did not sail.",
  "The ferry (see AP Style) did not sail.",
  "Le porte-parole a parlé avec Reuters, puis avec nous, du traversier qui est resté à quai lundi.",
  "Об этом сообщает ТАСС со ссылкой на пароходство.",
  "新华社的一名记者也在船上。",
  "He works for Interfax.",
])("an agency that is only spoken of is no credit: %s", (line) => {
  expect(findByline(`${line}\n${MIDDLE}`, null)).toBeNull();
  expect(findByline(`${MIDDLE}\n${line}`, null)).toBeNull();
});

test("an agency in the author's place is a credit, a person is not", () => {
  expect(findByline(MIDDLE, "Ada Harbour and Reuters")).toBe("Reuters");
  expect(findByline(MIDDLE, "Ada Harbour")).toBeNull();
  expect(agencyNamed(" the  associated press ")).toBe("Associated Press");
});

test("stays bounded on lines without an end", () => {
  const started = process.cpuUsage();
  for (const part of ["A, ", "（新华社", "МОСКВА, 1 ", "avec ", "A-"])
    findByline(part.repeat(200_000), part.repeat(50_000));
  expect(process.cpuUsage(started).user).toBeLessThan(1_000_000);
});
