import { beforeAll, describe, expect, it } from "vitest";
import { detectLanguage, language, loadLanguageModels } from "../../analyzers/language/index.ts";

beforeAll(async () => {
  await loadLanguageModels();
});

describe("sentences", () => {
  it.each([
    ["en", "The committee will meet again after the election."],
    ["fr", "Le comité se réunira de nouveau après les élections."],
    ["de", "Der Ausschuss tritt nach der Wahl noch einmal zusammen."],
    ["es", "El comité volverá a reunirse después de las elecciones."],
    ["pt", "A comissão vai reunir de novo depois das eleições."],
    ["it", "Il comitato si riunirà di nuovo dopo le elezioni."],
    ["nl", "De commissie komt na de verkiezingen opnieuw bijeen."],
    ["pl", "Komisja zbierze się ponownie po wyborach."],
    ["tr", "Komisyon seçimlerden sonra yeniden toplanacak."],
    ["vi", "Ủy ban sẽ họp lại sau cuộc bầu cử."],
    ["id", "Panitia akan bertemu lagi setelah pemilihan umum."],
    ["ru", "Комитет соберётся снова после выборов."],
    ["uk", "Комітет збереться знову після виборів."],
    ["bg", "Комисията ще се събере отново след изборите."],
    ["ar", "ستجتمع اللجنة مرة أخرى بعد الانتخابات."],
    ["fa", "این کمیته پس از انتخابات دوباره تشکیل جلسه می‌دهد."],
    ["ur", "کمیٹی انتخابات کے بعد دوبارہ اجلاس کرے گی۔"],
    ["hi", "समिति चुनाव के बाद फिर से बैठक करेगी।"],
    ["mr", "निवडणुकीनंतर समितीची पुन्हा बैठक होणार आहे."],
    ["pa", "ਕਮੇਟੀ ਚੋਣਾਂ ਤੋਂ ਬਾਅਦ ਦੁਬਾਰਾ ਮਿਲੇਗੀ।"],
    ["ko", "위원회는 선거가 끝난 뒤 다시 모인다."],
    ["ja", "委員会は選挙のあとにもう一度集まります。"],
    ["th", "คณะกรรมการจะประชุมอีกครั้งหลังการเลือกตั้ง"],
    ["el", "Η επιτροπή θα συνεδριάσει ξανά μετά τις εκλογές."],
    ["he", "הוועדה תתכנס שוב אחרי הבחירות."],
    ["zh-Hans", "委员会将在选举之后再次开会。"],
    ["zh-Hant", "委員會將在選舉之後再次開會。"],
    ["yue", "委員會選舉之後會再開過會，佢哋係咁講嘅。"],
    ["zu", "Ikomidi lizohlangana futhi ngemva kokhetho, kodwa akekho owaziyo ukuthi kuzoba nini."],
  ])("%s: %s", (lang, text) => {
    const found = detectLanguage(text);
    expect(found.lang).toBe(lang);
    expect(found.confidence).toBeGreaterThan(0.5);
    expect(found.confidence).toBeLessThanOrEqual(1);
    expect(found.second).toBeUndefined();
  });
});

describe("short posts", () => {
  it.each([
    ["uk", "Будь ласка, обережно!"],
    ["uk", "Вiн не дивиться телевiзор"],
    ["ru", "Ну да, давай потом"],
    ["es", "¿Dónde está mi libro?"],
    ["de", "@someone Ach, das ist doch nichts! 😂"],
    ["en", "RT @someone: this is so good 🔥🔥 https://example.com/x"],
    ["zh-Hans", "转发！[怒][怒] http://example.com/1"],
    ["ko", "ㅋㅋㅋ 진짜"],
    ["ja", "込み"],
  ])("%s: %s", (lang, text) => {
    expect(detectLanguage(text).lang).toBe(lang);
  });
});

describe("posts without words are und", () => {
  it.each([
    "",
    " \n\t",
    "https://example.com/a/b?c=1",
    "http://t.example/zjHMWgO www.example.com",
    "@someone @另一个人 @-name-",
    "//@某人:",
    "[微笑][doge][允悲]",
    "👍👍🏽 👨‍👩‍👧‍👦 ❤️ 🇨🇦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ℹ️ ™",
    "2021 3.14 10:30 +1-555-0199",
    "……！！？？ --- *** ~~~",
    "(╯°□°）╯ ¯\\_(ツ)_/¯ ヽ(´▽`)ノ ಠ_ಠ ^_^ T_T :-D",
    "@someone 2021 [哭] https://example.com 😭",
    "A",
    "\ud800 \udc00",
  ])("%j", (text) => {
    expect(detectLanguage(text)).toEqual({ lang: "und", confidence: 0 });
  });
});

describe("mixed posts", () => {
  it("keeps to the script that carries the post, and names the other", () => {
    const text = "大家快看今天早上的这条消息，我真的没有想到：the bill was withdrawn after a long debate。";
    expect(detectLanguage(text)).toMatchObject({ lang: "zh-Hans", second: "en" });
    expect(
      detectLanguage(
        "Вот что сказал министр вчера вечером в эфире: we will not be coming back to this table",
      ),
    ).toMatchObject({ lang: "ru", second: "en" });
  });

  it("takes a name or a title for no second language", () => {
    expect(detectLanguage("大家看看 Jane Example 昨天在议会的发言").second).toBeUndefined();
    expect(detectLanguage("Our guide to the word 你好 and what it means to learners").second).toBeUndefined();
  });

  it("is English when a few characters stand in an English post", () => {
    expect(detectLanguage("She wrote 加油 on the wall, and nobody knew what she meant by it.").lang).toBe(
      "en",
    );
  });
});

describe("the analyzer", () => {
  it("holds its example", () => {
    const { post, past, finding } = language.example;
    expect(language.analyze(post, past, {})).toEqual(finding);
  });

  it("reads the title before the text", () => {
    const post = { ...language.example.post, title: "Новости этого дня", text: "https://example.com/1" };
    expect(language.analyze(post, [], {}).lang).toBe("ru");
  });

  it("takes no options", () => {
    expect(language.info.options.safeParse({}).success).toBe(true);
    expect(language.info.options.safeParse({ languages: ["en"] }).success).toBe(false);
  });
});

it("loads its models once", () => {
  expect(loadLanguageModels()).toBe(loadLanguageModels());
});
