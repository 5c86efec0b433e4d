import { sharedPages } from "../shared-pages.ts";
import { absenceIn, readPage } from "./map.ts";

export const toutiao = sharedPages(
  {
    name: "toutiao",
    title: "Toutiao",
    summary: "Reads the public article pages of Toutiao by their addresses.",
    lawful_basis:
      "Article pages are shown to everyone without a log-in; robots.txt and the pace of the site are kept, and no check is passed by.",
    references: ["https://www.toutiao.com/user_agreement/"],
  },
  { read: readPage, absence: absenceIn, bare_404: "gone" },
);
