import { defineCollection, reference } from "astro:content";
import { file, glob } from "astro/loaders";
import { z } from "astro/zod";

const common = {
  title: z.string(),
  summary: z.string(),
  status: z.enum(["draft", "published", "retired"]),
  authors: z.array(reference("people")),
  reviewed_by: z.array(reference("people")),
  last_reviewed: z.date(),
  sources: z.array(reference("sources")),
};
const pages = (folder: string) => glob({ base: `content/${folder}`, pattern: "*.md" });

export const collections = {
  people: defineCollection({
    loader: file("content/people.yml"),
    schema: z.strictObject({ name: z.string(), role: z.string(), credentials: z.string().optional() }),
  }),
  sources: defineCollection({
    loader: file("content/sources.yml"),
    schema: z.strictObject({
      title: z.string(),
      publisher: z.string(),
      year: z.number(),
      url: z.url(),
      type: z.string(),
    }),
  }),
  safety: defineCollection({
    loader: pages("safety"),
    schema: z.strictObject({ ...common, emergency: z.array(z.string()) }),
  }),
  conditions: defineCollection({
    loader: pages("conditions"),
    schema: z.strictObject({ ...common, safety_net: reference("safety") }),
  }),
  guidance: defineCollection({
    loader: pages("guidance"),
    schema: z.strictObject({ ...common, conditions: z.array(reference("conditions")).optional() }),
  }),
  top: defineCollection({
    loader: glob({ base: "content", pattern: "*.md" }),
    schema: z.strictObject(common),
  }),
};
