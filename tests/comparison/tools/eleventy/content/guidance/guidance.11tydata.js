import { z } from "zod";

const ids = z.array(z.string());
const guidance = z.strictObject({
  title: z.string(),
  summary: z.string(),
  status: z.enum(["draft", "published", "retired"]),
  authors: ids,
  reviewed_by: ids,
  last_reviewed: z.date(),
  conditions: ids.optional(),
  sources: ids,
});

// What Eleventy puts beside the front matter.
const OWN = ["collections", "eleventy", "eleventyDataSchema", "layout", "page", "pkg", "tags"];

export default {
  eleventyDataSchema(data) {
    const given = Object.entries(data).filter(([key]) => !OWN.includes(key));
    const read = guidance.safeParse(Object.fromEntries(given));
    if (read.error) {
      throw new Error(z.prettifyError(read.error));
    }
  },
};
