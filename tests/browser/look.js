// Writes pictures of the main pages to out/pictures, for people to look at: wide, on a telephone, dark, on paper, in
// other languages and colours. `npm run look` makes them.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { FORCED, MODES, NARROW, WIDE, open, show } from "./lib/browser.js";
import { serve } from "./lib/server.js";
import { OUT, site } from "./lib/sites.js";

const MAIN = {
  start: "index.html",
  exercise: "exercises/pelvic-tilt.html",
  handout: "handouts/sciatica/acute.html",
  condition: "conditions/sciatica.html",
  guidance: "guidance/flare-ups.html",
  medicine: "medicines/diazepam.html",
  safety: "safety/back-pain-warning-signs.html",
  "a-z": "a-z.html",
  exercises: "exercises/index.html",
  accessibility: "accessibility.html",
  "not-found": "404.html",
};

const EVERYTHING = {
  exercise: "exercises/knee-rolls.html",
  advised: "exercises/wall-squat.html",
  reading: "guidance/reading.html",
  word: "guidance/reading.html#bs-term-flare-up",
  handout: "handouts/sore-back/early.html",
  retired: "guidance/old-advice.html",
};

/** What is pictured of each site, and how. */
const PICTURES = [
  { of: "demonstration", pages: MAIN, ways: ["wide", "narrow", "dark", "paper"] },
  { of: "demonstration", pages: { start: MAIN.start, exercise: MAIN.exercise, safety: MAIN.safety }, ways: ["contrast", "forced"] },
  { of: "everything", pages: EVERYTHING, ways: ["wide", "narrow", "dark", "paper"] },
  { of: "arabic", pages: { start: "index.html", ...EVERYTHING }, ways: ["wide", "narrow"] },
  { of: "german", pages: { exercise: EVERYTHING.exercise }, ways: ["wide", "narrow"] },
  { of: "brand", pages: { start: "index.html", exercise: EVERYTHING.exercise }, ways: ["wide", "dark"] },
];

const WAYS = {
  wide: { viewport: WIDE, mode: MODES.light },
  narrow: { viewport: NARROW, mode: MODES.light },
  dark: { viewport: WIDE, mode: MODES.dark },
  contrast: { viewport: WIDE, mode: MODES["more contrast"] },
  forced: { viewport: WIDE, mode: FORCED },
  paper: { viewport: WIDE, mode: MODES.print },
};

const folder = join(OUT, "pictures");

/** Takes all pictures and answers with their names. */
export async function look(only = () => true) {
  mkdirSync(folder, { recursive: true });
  const browser = await open();
  const servers = [];
  const todo = [];
  for (const { of, pages, ways } of PICTURES) {
    const server = await serve(site(of));
    servers.push(server);
    for (const way of ways) {
      const wanted = Object.entries(pages).map(([name, address]) => ({ title: `${of}-${name}-${way}`, address }));
      todo.push({ way, root: server.root, wanted: wanted.filter(({ title }) => only(title)) });
    }
  }
  const made = [];
  const worker = async () => {
    while (todo.length > 0) made.push(...(await picture(browser, todo.shift())));
  };
  await Promise.all([worker(), worker()]);
  servers.forEach((server) => server.close());
  await browser.close();
  return made;
}

/** Takes the pictures of some pages in one way, and answers with their names. */
async function picture(browser, { way, root, wanted }) {
  const { viewport, mode } = WAYS[way];
  const context = await browser.newContext({ viewport, reducedMotion: "reduce" });
  const page = await context.newPage();
  for (const { title, address } of wanted) {
    // The old page goes first: an anchor alone loads nothing.
    await page.goto("about:blank");
    await page.goto(root + address);
    await show(page, mode);
    if (way === "paper") {
      await page.pdf({ path: join(folder, `${title}.pdf`), format: "A4", preferCSSPageSize: true });
    } else {
      const fullPage = !address.includes("#");
      await page.screenshot({ path: join(folder, `${title}.png`), fullPage });
    }
  }
  await context.close();
  return wanted.map(({ title }) => title);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = process.argv.slice(2);
  const made = await look((title) => wanted.length === 0 || wanted.some((part) => title.includes(part)));
  console.log(`${made.length} pictures in ${folder}`);
}
