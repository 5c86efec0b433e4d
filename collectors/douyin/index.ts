import { sharedPages } from "../shared-pages.ts";
import { absenceIn, readPage } from "./map.ts";

export const douyin = sharedPages(
  {
    name: "douyin",
    title: "Douyin",
    summary: "Reads the public share pages of single posts of Douyin by their addresses.",
    lawful_basis:
      "Share pages are made to be opened by anyone without a log-in; robots.txt and the pace of the site are kept, and no check is passed by.",
    references: ["https://www.douyin.com/agreements/?id=6773906068725565448"],
  },
  {
    read: readPage,
    absence: absenceIn,
    bare_404: "unreachable",
    pageOf: (id) => `https://www.iesdouyin.com/share/video/${id}/`,
  },
);
