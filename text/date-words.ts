/**
 * Names of months as dates in feeds and on pages write them: English, French, German, Spanish, Portuguese, Italian,
 * Russian, Ukrainian, Greek and Hungarian, full and shortened. Looked up after `plain`.
 */
const MONTH_NAMES: readonly string[] = [
  "jan january janv janvier jänner januar ene enero janeiro gen gennaio янв январь января січ січня ιαν ιανουαρίου január",
  "feb february fév févr février februar febrero fev fevereiro febbraio фев февр февраль февраля лют лютого φεβ φεβρουαρίου február",
  "mar march mars märz mär mrz marzo março мар март марта бер березня μαρ μάρ μαρτίου márc március",
  "apr april avr avril abr abril aprile апр апрель апреля квіт квітня απρ απριλίου ápr április",
  "may mai mayo maio mag maggio май мая трав травня μαϊ μάι μαι μαϊου μαΐου máj május",
  "jun june juin juni junio junho giu giugno июн июнь июня черв червня ιουν ιούν ιουνίου jún június",
  "jul july juil juillet juli julio julho lug luglio июл июль июля лип липня ιουλ ιούλ ιουλίου júl július",
  "aug august août ago agosto авг август августа серп серпня αυγ αύγ αυγούστου augusztus",
  "sep sept september septembre septiembre set setembro settembre сен сент сентябрь сентября вер вересня σεπ σεπτ σεπτεμβρίου szept szeptember",
  "oct october octobre okt oktober octubre out outubro ott ottobre окт октябрь октября жовт жовтня οκτ οκτωβρίου október",
  "nov november novembre noviembre novembro ноя нояб ноябрь ноября лист листопада νοε νοέ νοεμβρίου",
  "dec december déc décembre dez dezember dic diciembre dezembro dicembre дек декабрь декабря груд грудня δεκ δεκεμβρίου",
];

/** Words beside a date that say nothing: days of the week without a comma, `at`, `the`, `года`, `Uhr` … */
const SILENT_NAMES =
  "mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday " +
  "lun mar mer jeu ven sam dim lundi mardi mercredi jeudi vendredi samedi dimanche " +
  "пн вт ср чт пт сб вс понедельник вторник среда четверг пятница суббота воскресенье " +
  "at on the of le a um uhr de del в г год года р року klo kl st nd rd th";

/** Lower case, compatible forms folded, no marks: `Ιούλ` and `ιουλ` are one, Hangul stays whole. */
export function plain(raw: string): string {
  return raw
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .normalize("NFC")
    .toLowerCase();
}

const MONTHS: ReadonlyMap<string, number> = new Map(
  MONTH_NAMES.flatMap((names, index) => names.split(" ").map((name) => [plain(name), index + 1] as const)),
);
const SILENT: ReadonlySet<string> = new Set(SILENT_NAMES.split(" ").map(plain));

/** 1 to 12, or null. The word is `plain`. */
export function monthOf(word: string): number | null {
  return MONTHS.get(word) ?? null;
}

export function isSilent(word: string): boolean {
  return SILENT.has(word);
}
