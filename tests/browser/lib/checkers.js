// What can be wrong with pages: each checker answers with faults as text, and an empty list where there are none.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import vnu from "vnu-jar";

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** What is looked at: WCAG 2.2 at levels A and AA, and what is good practice beyond it. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

/** The least side of what a finger has to hit, in CSS pixels (WCAG 2.2, 2.5.5). */
const TARGET = 44;

/** What the Nu Html Checker says about the files, warnings included. */
export function nu(files) {
  if (files.length === 0) throw new Error("there are no files to check");
  const args = ["-jar", vnu, "--stdout", "--exit-zero-always", "--format", "json", ...files];
  const { messages } = JSON.parse(execFileSync("java", args, { encoding: "utf8", maxBuffer: 1 << 28 }));
  return messages.map(({ url, lastLine, message }) => `${url}:${lastLine}: ${message}`);
}

/** The rules whose answer depends on colours: dark and light pages differ in nothing else. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/** What axe finds on the page as it is shown now; with `colours` only what depends on them. */
export async function axe(page, { colours = false } = {}) {
  if (!(await page.evaluate("typeof axe === 'object'"))) await page.evaluate(AXE);
  const options = { runOnly: colours ? COLOUR_RULES : RULES, resultTypes: ["violations"] };
  const { violations } = await page.evaluate((options) => axe.run(document, options), options);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `axe ${id}: ${help}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}`),
  );
}

/** Ids that stand twice, and links and pictures that lead nowhere, in all pages of a site in `root`. */
export function links(root, addresses, base = "/") {
  const faults = [];
  const text = (value) =>
    value.replace(/&(amp|lt|gt|quot|#39|#x27);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">", quot: '"' })[name] ?? "'");
  const read = (address) => {
    const html = readFileSync(join(root, address), "utf8");
    const values = (names) =>
      [...html.matchAll(new RegExp(`\\s(?:${names})="([^"]*)"`, "g"))].map((match) => text(match[1]));
    return { ids: values("id"), links: values("href|src"), named: values("for|aria-labelledby|aria-describedby|aria-controls") };
  };
  const all = new Map(addresses.map((address) => [address, read(address)]));
  const ids = new Map([...all].map(([address, { ids }]) => [address, new Set(ids)]));
  for (const [address, page] of all) {
    const seen = new Set();
    for (const id of page.ids) {
      if (seen.has(id)) faults.push(`${address}: the id ${id} stands twice`);
      seen.add(id);
    }
    for (const id of page.named.flatMap((named) => named.split(" "))) {
      if (!seen.has(id)) faults.push(`${address}: there is no id ${id}`);
    }
    for (const link of page.links) {
      if (/^(https?|mailto|tel|sms|data):/.test(link)) continue;
      const [path, anchor] = link.split("#");
      const file = decodeURI(path.split("?")[0]);
      const to =
        file === ""
          ? address
          : file.startsWith("/")
            ? file.startsWith(base) ? file.slice(base.length) || "index.html" : undefined
            : relative(root, resolve(root, dirname(address), file));
      if (to === undefined || to.startsWith("..") || !isFile(join(root, to))) faults.push(`${address}: ${link} leads nowhere`);
      else if (anchor && !(ids.get(to) ?? new Set()).has(decodeURIComponent(anchor))) {
        faults.push(`${address}: ${link} leads to no place on its page`);
      }
    }
  }
  return faults;
}

function isFile(path) {
  return existsSync(path) && statSync(path).isFile();
}

/** Whether the page scrolls sideways as it is shown now, and what sticks out. */
export async function sideways(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const isPage = (element) => element === document.body || element === document.documentElement;
    const scrolls = (element) => !isPage(element) && getComputedStyle(element).overflowX !== "visible";
    const isHeld = (element) => {
      for (let up = element.parentElement; up; up = up.parentElement) if (scrolls(up)) return true;
      return false;
    };
    const out = [...document.body.querySelectorAll("*")].find((element) => {
      const box = element.getBoundingClientRect();
      return (box.right > width + 1 || box.left < -1) && box.width > 0 && !isHeld(element);
    });
    return [`scrolls sideways at ${width} px: ${out?.outerHTML.slice(0, 120) ?? "?"}`];
  });
}

/** Parts of the page that lie over one another. */
export async function overlaps(page) {
  return page.evaluate(() => {
    const parts = [...document.querySelectorAll("main > *, article > *")].filter((part) => part.localName !== "article");
    const boxes = parts.map((part) => ({ part, box: part.getBoundingClientRect() }));
    const shared = (one, two) =>
      Math.min(one.right, two.right) - Math.max(one.left, two.left) > 2 &&
      Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top) > 2;
    return boxes.flatMap(({ part, box }, at) =>
      boxes
        .slice(at + 1)
        .filter((other) => !part.contains(other.part) && shared(box, other.box))
        .map((other) => `lies over another: ${part.outerHTML.slice(0, 60)} and ${other.part.outerHTML.slice(0, 60)}`),
    );
  });
}

/** Links and buttons that are too small for a finger. Links within a line of text are as high as the line. */
export async function targets(page) {
  return page.evaluate((least) => {
    const small = [];
    for (const element of document.querySelectorAll("a[href], button, summary, input, select")) {
      const style = getComputedStyle(element);
      const box = (element.closest(".card") ?? element).getBoundingClientRect();
      const isHidden = box.width === 0 || style.visibility === "hidden" || element.closest(".skip:not(:focus)");
      const hasTextBeside = [...element.parentElement.childNodes].some(
        (node) => node !== element && node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== "",
      );
      const block = element.closest("p, li, dd, td, th, h1, h2, h3, h4, figcaption, blockquote");
      const isInText = style.display === "inline" && (hasTextBeside || block?.textContent.trim() !== element.textContent.trim());
      if (!isHidden && !isInText && (box.height < least - 0.5 || box.width < least - 0.5)) {
        small.push(`${Math.round(box.width)} x ${Math.round(box.height)} px is too small: ${element.outerHTML.slice(0, 120)}`);
      }
    }
    return small;
  }, TARGET);
}

/** Running text that is too small, or whose lines are longer than an eye follows well. */
export async function lines(page) {
  return page.evaluate(() => {
    const faults = [];
    for (const text of document.querySelectorAll(".prose > p, .prose > ul > li, .prose > ol > li")) {
      const style = getComputedStyle(text);
      if (parseFloat(style.fontSize) < 18) faults.push(`text of ${style.fontSize}: ${text.textContent.slice(0, 60)}`);
      const box = text.getBoundingClientRect();
      const count = Math.round(box.height / parseFloat(style.lineHeight));
      const letters = text.textContent.length / count;
      if (count > 3 && text.children.length === 0 && letters > 75) {
        faults.push(`${Math.round(letters)} letters in a line: ${text.textContent.slice(0, 60)}`);
      }
    }
    return faults;
  });
}

/** Pictures that have no size before they are there, so that the text jumps. */
export async function pictures(page) {
  return page.evaluate(() =>
    [...document.images]
      .filter((image) => !(image.getAttribute("width") > 0 && image.getAttribute("height") > 0))
      .map((image) => `a picture without width and height: ${image.outerHTML.slice(0, 120)}`),
  );
}

/**
 * How far all that moves while a page comes may move in sum: a tenth of what Web Vitals calls good (https://web.dev/articles/cls).
 * A browser shows a line of which half has come, and when the rest of it is there, its centre is a little further to one side.
 */
const MOST_SHIFT = 0.01;

/** What has moved since the page was opened, and how far (Web Vitals call the sum of it CLS). */
export async function shift(page) {
  const moves = await page.evaluate(
    () =>
      new Promise((done) => {
        const moves = [];
        const name = ({ node, previousRect, currentRect }) =>
          `${node?.outerHTML?.slice(0, 60)} from ${JSON.stringify(previousRect)} to ${JSON.stringify(currentRect)}`;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            if (!entry.hadRecentInput) moves.push({ by: entry.value, what: entry.sources.map(name).join(", ") });
          }
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => done(moves), 150);
      }),
  );
  const sum = moves.reduce((sum, { by }) => sum + by, 0);
  return sum > MOST_SHIFT ? moves.map(({ by, what }) => `moves by ${by}: ${what}`) : [];
}
