// The sites that are looked at: made anew for each run, each with something that the others lack.

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the repository. */
export const REPOSITORY = fileURLToPath(new URL("../../../", import.meta.url));

/** Where sites and pictures are put. */
export const OUT = fileURLToPath(new URL("../out", import.meta.url));

/** The program: a release, or whatever the environment names. */
const BACKSITE = process.env.BACKSITE ?? join(REPOSITORY, "target/release/backsite");

/** What the sites are told is today, so that no review falls due. */
const TODAY = "2026-11-26";

const EVERYTHING = join(REPOSITORY, "tests/browser/site");

/** A colour as dark as it must be, and as unlike the theme's own as it can be; and sources that are folded. */
const OTHER_BRAND = '\n[theme_settings]\naccent = "#8a1538"\nshow_sources = false\n';

/** Modes in which a page is looked at, by its width: all, and those that a change of words or colours can touch. */
const ALL = {
  wide: ["light", "dark", "print", "more contrast", "more contrast in the dark"],
  narrow: ["light", "dark"],
};
const WORDS = { wide: ["light"], narrow: ["light"] };
const COLOURS = { wide: ["light", "dark", "more contrast"], narrow: ["light"] };

/**
 * `base` is the path below which a server shows the site; `every` says that each so many pages are looked at.
 * @type {{ name: string, base: string, every: number, modes: typeof ALL, from: (folder: string) => void }[]}
 */
export const SITES = [
  // The demonstration site, as it is.
  { name: "demonstration", base: "/", every: 1, modes: ALL, from: copyOfDemonstration },
  // All that a page can show, under a path, with a logo, an address to write to and reviews.
  { name: "everything", base: "/help/back/", every: 1, modes: ALL, from: copyOfEverything },
  // The same with another brand colour, folded sources and a tracker.
  {
    name: "brand",
    base: "/help/back/",
    every: 1,
    modes: COLOURS,
    from(folder) {
      copyOfEverything(folder);
      const tracker = 'url = "https://tracker.example.org/new"';
      edit(folder, 'email = "pages@clinic.example.org"', tracker);
      writeFileSync(join(folder, "site.toml"), settings(folder) + OTHER_BRAND);
    },
  },
  // In German, which the theme brings, and in Arabic, whose words lie beside the site.
  { name: "german", base: "/help/back/", every: 1, modes: WORDS, from: (folder) => inLanguage(folder, "de") },
  { name: "arabic", base: "/help/back/", every: 1, modes: WORDS, from: (folder) => inLanguage(folder, "ar") },
  // A thousand pages.
  { name: "large", base: "/", every: 50, modes: COLOURS, from: madeUp },
];

function copyOfDemonstration(folder) {
  for (const name of ["content", "themes", "site.toml"]) {
    cpSync(join(REPOSITORY, name), join(folder, name), { recursive: true });
  }
}

function copyOfEverything(folder) {
  cpSync(EVERYTHING, folder, { recursive: true });
}

function inLanguage(folder, language) {
  copyOfEverything(folder);
  edit(folder, 'language = "en"', `language = "${language}"`);
  if (language !== "ar") return;
  mkdirSync(join(folder, "themes/clinic/i18n"), { recursive: true });
  cpSync(join(REPOSITORY, "tests/browser/arabic.toml"), join(folder, "themes/clinic/i18n/ar.toml"));
}

function madeUp(folder) {
  const cargo = ["run", "--quiet", "--locked", "--example", "made-up-site", "--", folder, "1000"];
  execFileSync("cargo", cargo, { cwd: REPOSITORY, stdio: "inherit" });
}

function settings(folder) {
  return readFileSync(join(folder, "site.toml"), "utf8");
}

function edit(folder, old, by) {
  const text = settings(folder);
  if (!text.includes(old)) throw new Error(`the settings have no \`${old}\``);
  writeFileSync(join(folder, "site.toml"), text.replace(old, by));
}

/** Makes all sites. */
export function build() {
  rmSync(OUT, { recursive: true, force: true });
  for (const site of SITES) {
    const from = join(OUT, "from", site.name);
    mkdirSync(from, { recursive: true });
    site.from(from);
    const build = ["build", "--quiet", "--root", from, "--output", folder(site), "--today", TODAY];
    execFileSync(BACKSITE, build, { stdio: "inherit" });
  }
}

/** The folder of the finished site. */
export function folder(site) {
  return join(OUT, "sites", site.name);
}

/** A site by its name, made if it is not there. */
export function site(name) {
  const found = SITES.find((site) => site.name === name);
  if (!existsSync(folder(found))) build();
  return found;
}

/** The addresses of all pages of a site, from its root. */
export function pages(site) {
  const names = readdirSync(folder(site), { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(".html")).sort();
}

/** The pages that are looked at one by one: all, or of a large site the first of each folder and each so many. */
export function sample(site) {
  const seen = new Set();
  return pages(site).filter((page, at) => {
    const where = page.split("/").slice(0, -1).join("/");
    const isFirst = !seen.has(where) && !where.includes("/") && seen.add(where);
    return isFirst || at % site.every === 0;
  });
}
