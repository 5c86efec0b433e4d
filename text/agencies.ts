/** News agencies by the names under which papers credit them; the first is the one we tell. */
const AGENCIES: readonly (readonly string[])[] = [
  ["Associated Press", "The Associated Press", "AP", "美联社", "美聯社", "Ассошиэйтед Пресс"],
  ["Canadian Press", "The Canadian Press", "La Presse canadienne", "La Presse Canadienne"],
  ["Agence France-Presse", "AFP", "l'Agence France-Presse", "l’Agence France-Presse", "法新社", "АФП"],
  ["Reuters", "Thomson Reuters", "路透社", "路透", "Рейтер", "Рейтерс"],
  ["新华社", "新华网", "新華社", "新華網", "Xinhua", "Xinhua News Agency", "Синьхуа", "Chine nouvelle"],
  ["中新社", "中国新闻社", "中国新闻网", "中新网", "中新網", "China News Service", "CNS"],
  ["人民网", "人民日报", "People's Daily", "People’s Daily"],
  ["央视网", "央视新闻", "CCTV", "CGTN"],
  ["中央社", "Central News Agency", "CNA"],
  ["ТАСС", "ИТАР-ТАСС", "TASS", "塔斯社"],
  ["РИА Новости", "RIA Novosti", "Sputnik", "俄新社", "俄罗斯卫星通讯社"],
  ["Интерфакс", "Interfax", "国际文传电讯社"],
  ["Укринформ", "Укрінформ", "Ukrinform"],
  ["Bloomberg", "Bloomberg News", "彭博社"],
  ["dpa", "Deutsche Presse-Agentur", "德新社"],
  ["EFE", "埃菲社"],
  ["ANSA"],
  ["Kyodo", "Kyodo News", "共同社"],
  ["Yonhap", "Yonhap News", "Yonhap News Agency", "韩联社"],
  ["Postmedia", "Postmedia News"],
  ["Anadolu Agency", "Anadolu", "AA"],
  ["IRNA"],
  ["PTI", "Press Trust of India"],
];

const folded = (name: string): string => name.trim().toLowerCase().replace(/\s+/g, " ");

const BY_NAME = new Map(AGENCIES.flatMap((names) => names.map((name) => [folded(name), names[0]!] as const)));

/** The agency that goes by a name; null when none does. */
export function agencyNamed(name: string | null | undefined): string | null {
  return name ? (BY_NAME.get(folded(name)) ?? null) : null;
}

/** Their names as alternatives of a regular expression, longest first, so that no name hides one that begins like it. */
export const AGENCY_NAMES: string = AGENCIES.flat()
  .sort((a, b) => b.length - a.length)
  .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/ /g, "\\s+"))
  .join("|");
