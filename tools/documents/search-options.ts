import type { Options } from "minisearch";

/** What a search shows of a section. */
export interface FoundSection {
  readonly page: string;
  readonly heading: string;
  /** Path in the site, with the anchor. */
  readonly place: string;
  readonly excerpt: string;
}

/** The same where the index is made and where it is asked. */
export const searchOptions: Options = {
  fields: ["heading", "page", "text"],
  storeFields: ["page", "heading", "place", "excerpt"],
  searchOptions: {
    boost: { heading: 4, page: 3 },
    prefix: true,
    fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    combineWith: "AND",
  },
};
