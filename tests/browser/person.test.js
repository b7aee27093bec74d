// What a person does with a site: by hand, by keyboard, without scripts, and from a disk.

import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, test } from "node:test";
import { MODES, NARROW, WIDE, open, show, visit } from "./lib/browser.js";
import { shift, sideways } from "./lib/checkers.js";
import { serve } from "./lib/server.js";
import { folder, pages, sample, site } from "./lib/sites.js";

/** What the first view may take: compressed bytes and requests. */
const MOST_BYTES = 30_000;
const MOST_REQUESTS = 6;

const READING = "guidance/reading.html";

let browser;
const servers = {};
before(async () => {
  browser = await open();
  for (const name of ["demonstration", "everything", "brand", "arabic", "large"]) servers[name] = await serve(site(name));
});
after(async () => {
  Object.values(servers).forEach((server) => server.close());
  await browser.close();
});

async function at(name, address, options = {}) {
  const context = await browser.newContext({ viewport: WIDE, ...options });
  const page = await context.newPage();
  // A mail opens no window here: the address is remembered, and nothing is sent.
  await page.addInitScript(() => {
    addEventListener("click", (event) => {
      const link = event.target.closest?.("#bs-report");
      if (!link) return;
      event.preventDefault();
      window.reported = link.href;
    });
  });
  await page.goto(servers[name].root + address);
  return page;
}

/** The text that the link would begin a report with. */
const report = (href) => {
  const query = new URL(href).searchParams;
  return { subject: query.get("subject") ?? query.get("title"), body: query.get("body").replaceAll("\r\n", "\n") };
};

const select = (page, selector) =>
  page.evaluate((selector) => {
    getSelection().selectAllChildren(document.querySelector(selector));
    return new Promise((done) => setTimeout(done, 50));
  }, selector);

describe("a reader who finds a mistake", () => {
  const page = "https://clinic.example.org/help/back/exercises/knee-rolls.html";

  test("gets a mail with the page and its version", async () => {
    const shown = await at("everything", "exercises/knee-rolls.html");
    await shown.click("#bs-report");
    const href = await shown.evaluate("window.reported");
    assert.match(href, /^mailto:pages@clinic\.example\.org\?/);
    assert.deepEqual(report(href), {
      subject: "A problem with the page: Knee rolls",
      body: `What is wrong, or hard to understand?\n\n\nPage: ${page}\nVersion: 1.1`,
    });
    await shown.context().close();
  });

  test("gets the words in it that were marked", async () => {
    const shown = await at("everything", "exercises/knee-rolls.html");
    await select(shown, ".head .lead");
    await shown.click("#bs-report");
    const { body } = report(await shown.evaluate("window.reported"));
    assert.match(body, /Version: 1\.1\n\nThese words:\nA gentle way to loosen a stiff lower back\.$/);
    await shown.context().close();
  });

  test("can press Ctrl and Enter in place of the link, and only with words marked", async () => {
    const shown = await at("everything", "exercises/knee-rolls.html");
    await shown.keyboard.press("Control+Enter");
    assert.equal(await shown.evaluate("window.reported"), undefined);
    await select(shown, "h1");
    await shown.keyboard.press("Control+Enter");
    assert.match(report(await shown.evaluate("window.reported")).body, /These words:\nKnee rolls$/);
    await shown.context().close();
  });

  test("reaches the link by keyboard, and does not lose the words on the way", async () => {
    const shown = await at("everything", "exercises/knee-rolls.html");
    await select(shown, "h1");
    await shown.focus("#bs-report");
    await shown.keyboard.press("Enter");
    assert.match(report(await shown.evaluate("window.reported")).body, /These words:\nKnee rolls$/);
    await shown.context().close();
  });

  test("begins an entry of the tracker where the site has one", async () => {
    const shown = await at("brand", "exercises/knee-rolls.html");
    await select(shown, "h1");
    await shown.click("#bs-report");
    const href = await shown.evaluate("window.reported");
    assert.match(href, /^https:\/\/tracker\.example\.org\/new\?title=/);
    assert.match(report(href).body, /These words:\nKnee rolls$/);
    await shown.context().close();
  });

  test("gets a mail with page and version without scripts, too", async () => {
    const shown = await at("everything", "exercises/knee-rolls.html", { javaScriptEnabled: false });
    const href = await shown.getAttribute("#bs-report", "href");
    assert.equal(report(href).body, `What is wrong, or hard to understand?\n\n\nPage: ${page}\nVersion: 1.1`);
    await shown.context().close();
  });
});

describe("a reader who does not know a word", () => {
  for (const javaScriptEnabled of [true, false]) {
    test(`sees what it means where they are, ${javaScriptEnabled ? "with" : "without"} scripts`, async () => {
      const shown = await at("everything", READING, { javaScriptEnabled, reducedMotion: "reduce" });
      const card = shown.locator("#bs-term-flare-up");
      const word = shown.locator("#bs-word-flare-up");
      await word.scrollIntoViewIfNeeded();
      const before = await shown.evaluate("scrollY");
      await word.click();
      const box = await card.boundingBox();
      assert.ok(box.y >= 0 && box.y + box.height <= WIDE.height, `the card lies at ${JSON.stringify(box)}`);
      assert.match(await card.innerText(), /A spell of more pain that passes/);
      assert.equal(await shown.evaluate("scrollY"), before, "the text stays where it is");
      await card.locator(".term-back").click();
      assert.equal(new URL(shown.url()).hash, "#bs-word-flare-up");
      assert.equal(await card.evaluate((card) => getComputedStyle(card).position), "static");
      await shown.context().close();
    });
  }

  test("does the same by keyboard", async () => {
    const shown = await at("everything", READING, { reducedMotion: "reduce" });
    await shown.focus("#bs-word-flare-up");
    await shown.keyboard.press("Enter");
    await shown.keyboard.press("Tab");
    await shown.keyboard.press("Tab");
    assert.equal(await shown.evaluate("document.activeElement.className"), "term-back");
    await shown.keyboard.press("Enter");
    await shown.keyboard.press("Tab");
    assert.notEqual(await shown.evaluate("document.activeElement.className"), "skip", "the way goes on in the text");
    await shown.context().close();
  });

  test("finds all words of the page on paper", async () => {
    const shown = await at("everything", READING);
    await show(shown, MODES.print);
    assert.deepEqual(await shown.locator(".term-card dt").allInnerTexts(), ["Disc", "Flare-up"]);
    assert.ok(await shown.locator("#bs-term-disc dd").isVisible());
    await shown.context().close();
  });

  test("finds the sources of the page on paper, though they are folded on a screen", async () => {
    const shown = await at("brand", READING);
    const source = shown.locator("#bs-source-1");
    const summary = shown.locator(".sources summary");
    assert.deepEqual([await source.isVisible(), await summary.isVisible()], [false, true]);
    await show(shown, MODES.print);
    assert.deepEqual([await source.isVisible(), await summary.isVisible()], [true, false]);
    await shown.context().close();
  });
});

describe("a reader with a keyboard", () => {
  test("can skip to the content first", async () => {
    const shown = await at("demonstration", "exercises/pelvic-tilt.html");
    await shown.keyboard.press("Tab");
    const skip = await shown.evaluate(() => {
      const { y, height } = document.activeElement.getBoundingClientRect();
      return { name: document.activeElement.className, isSeen: y >= 0 && height >= 44 };
    });
    assert.deepEqual(skip, { name: "skip", isSeen: true });
    await shown.keyboard.press("Enter");
    await shown.keyboard.press("Tab");
    assert.ok(await shown.evaluate("document.querySelector('main').contains(document.activeElement)"));
    await shown.context().close();
  });

  test("opens the menu on a telephone, with and without scripts, and goes to a list", async () => {
    for (const javaScriptEnabled of [true, false]) {
      const shown = await at("demonstration", "index.html", { viewport: NARROW, javaScriptEnabled });
      const link = shown.locator(".menu a").first();
      assert.ok(!(await link.isVisible()));
      await shown.focus(".menu summary");
      await shown.keyboard.press("Enter");
      assert.ok(await link.isVisible());
      assert.deepEqual(await sideways(shown), []);
      await shown.keyboard.press("Tab");
      await shown.keyboard.press("Enter");
      await shown.waitForURL("**/exercises/index.html");
      await shown.context().close();
    }
  });

  test("sees where they are at each stop, and every stop has a name", async () => {
    const shown = await at("everything", "handouts/sore-back/early.html", { reducedMotion: "reduce" });
    const faults = [];
    for (let stop = 0; stop < 60; stop += 1) {
      await shown.keyboard.press("Tab");
      const fault = await shown.evaluate(() => {
        const here = document.activeElement;
        if (here === document.body) return undefined;
        const style = getComputedStyle(here);
        const box = here.getBoundingClientRect();
        const isSeen = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
        const isMarked = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
        const name = here.innerText?.trim() || here.getAttribute("aria-label");
        return isSeen && isMarked && name ? undefined : here.outerHTML.slice(0, 100);
      });
      if (fault) faults.push(fault);
    }
    assert.deepEqual(faults, []);
    await shown.context().close();
  });
});

describe("a reader who looks for a sheet", () => {
  test("goes from what hurts and how bad it is to the sheet, and on to the next phase", async () => {
    const shown = await at("demonstration", "index.html");
    await shown.locator(".matrix-link", { hasText: "Acute phase: Sciatica" }).click();
    assert.equal(await shown.locator("h1").innerText(), "Sciatica: Acute phase");
    assert.equal(await shown.locator(".track [aria-current]").innerText(), "Acute phase");
    await shown.locator(".neighbours [rel=next]").click();
    assert.equal(await shown.locator("h1").innerText(), "Sciatica: Active phase");
    await shown.locator(".crumbs a", { hasText: "Sciatica" }).click();
    assert.equal(await shown.locator("h1").innerText(), "Sciatica");
    await shown.context().close();
  });

  test("finds a reason to be here that fits", async () => {
    const shown = await at("demonstration", "index.html");
    await shown.locator(".reasons a", { hasText: "Pain runs down my leg" }).click();
    assert.equal(await shown.locator("h1").innerText(), "Sciatica");
    await shown.context().close();
  });

  test("finds a page by another name in the A to Z", async () => {
    const shown = await at("everything", "a-z.html");
    await shown.locator(".letter a", { hasText: "lumbago" }).click();
    assert.equal(await shown.locator("h1").innerText(), "Sore back");
    await shown.context().close();
  });

  test("is led on from an old address, and from one that does not exist", async () => {
    const moved = await at("everything", "exercises/old-squat.html");
    await moved.waitForURL("**/exercises/wall-squat.html");
    await moved.goto(servers.everything.root + "no/such/page.html");
    assert.equal(await moved.locator("h1").innerText(), "This page is not here");
    await moved.locator("main a").first().click();
    assert.equal(await moved.locator("h1").innerText(), "Find your sheet");
    await moved.context().close();
  });

  test("goes from the text to a source and back", async () => {
    const shown = await at("everything", READING);
    await shown.locator("#bs-cite-1").click();
    assert.equal(new URL(shown.url()).hash, "#bs-source-1");
    await shown.locator("#bs-source-1 .source-back").click();
    assert.equal(new URL(shown.url()).hash, "#bs-cite-1");
    await shown.context().close();
  });
});

describe("a site", () => {
  test("can be read without scripts, and looks no worse", async () => {
    for (const name of ["demonstration", "everything"]) {
      const addresses = sample(site(name)).filter((page) => !page.includes("old-squat"));
      for (const viewport of [WIDE, NARROW]) {
        const options = { javaScriptEnabled: false, viewport };
        const look = async (page) => ((await page.locator("main h1").isVisible()) ? sideways(page) : ["no heading"]);
        assert.deepEqual(await visit(browser, { root: servers[name].root, addresses, options }, look), []);
      }
    }
  });

  test("can be read from a disk", async () => {
    for (const name of ["demonstration", "everything", "large"]) {
      const root = pathToFileURL(join(folder(site(name)), "/")).href;
      // What a server shows for a wrong address has links that start at the server.
      const addresses = sample(site(name)).filter((page) => !page.includes("old-squat") && page !== "404.html");
      const look = async (page) => {
        const size = await page.evaluate("getComputedStyle(document.body).fontSize");
        return size === "18px" ? [] : [`its text has ${size}`];
      };
      assert.deepEqual(await visit(browser, { root, addresses }, look), []);
    }
  });

  test("takes at most 30 kB and 6 requests for a first view", async () => {
    const firsts = {
      demonstration: ["index.html", "exercises/pelvic-tilt.html", "handouts/sciatica/acute.html", "medicines/diazepam.html"],
      // All that a site can add to a page: colours, a logo, and the script of the report.
      brand: ["index.html", "conditions/sore-back.html", "medicines/testol.html"],
      large: ["index.html", sample(site("large")).find((page) => page.startsWith("exercises/") && !page.includes("index"))],
    };
    const faults = [];
    for (const [name, pages] of Object.entries(firsts)) {
      for (const address of pages) {
        const server = servers[name];
        server.served.length = 0;
        const fresh = await at(name, address);
        await fresh.waitForLoadState("networkidle");
        const bytes = server.served.reduce((sum, { bytes }) => sum + bytes, 0);
        const count = server.served.length;
        console.log(`  ${name} ${address}: ${bytes} bytes in ${count} requests`);
        if (bytes > MOST_BYTES || count > MOST_REQUESTS) faults.push(`${address}: ${bytes} bytes in ${count} requests`);
        await fresh.context().close();
      }
    }
    assert.deepEqual(faults, []);
  });

  test("is written from right to left in Arabic, and numbers take their form", async () => {
    const shown = await at("arabic", "exercises/knee-rolls.html");
    assert.equal(await shown.evaluate("getComputedStyle(document.body).direction"), "rtl");
    const box = async (selector) => (await shown.locator(selector).first().boundingBox()).x;
    assert.ok((await box(".begin")) < (await box("article h1")), "the dose stands at the left");
    const parts = await shown.locator(".dose-parts li").allInnerTexts();
    assert.ok(parts.includes("مجموعتان") && parts.includes("10 مرات"), parts.join(", "));
    await shown.context().close();
  });
});

describe("a reader on a bad line", () => {
  // The first page of each folder is of another sort than that of any other.
  const kinds = (made) => {
    const folders = (page) => page.split("/").slice(0, -1).join("/");
    return pages(made).filter((page, at, all) => page === "index.html" || folders(page) !== folders(all[at - 1] ?? ""));
  };

  for (const [width, viewport] of Object.entries({ wide: WIDE, narrow: NARROW })) {
    test(`sees nothing jump while a page arrives, on a ${width} screen`, async () => {
      const made = site("everything");
      const server = await serve(made, { slowly: true });
      const options = { viewport };
      assert.deepEqual(await visit(browser, { root: server.root, addresses: kinds(made), options }, shift), []);
      server.close();
    });
  }
});
