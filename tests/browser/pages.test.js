// Every page of every site, read by checkers.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { axe, lines, links, nu, overlaps, pictures, shift, sideways, targets } from "./lib/checkers.js";
import { MODES, NARROW, WIDE, open, show, visit } from "./lib/browser.js";
import { serve } from "./lib/server.js";
import { SITES, folder, pages, sample, site } from "./lib/sites.js";

let browser;
before(async () => {
  browser = await open();
});
after(() => browser.close());

const none = (faults) => assert.deepEqual(faults.slice(0, 30), [], `${faults.length} faults`);

/** What is looked at besides the accessibility of each mode, by the width of the page. */
const LAYOUT = {
  wide: async (page) => [...(await shift(page)), ...(await lines(page)), ...(await pictures(page)), ...(await targets(page)), ...(await overlaps(page))],
  narrow: async (page) => [...(await sideways(page)), ...(await targets(page)), ...(await overlaps(page))],
};

/** Each page is opened once for a width; `found` keeps what each checker says. */
async function read(made, root, width) {
  const found = { axe: [], layout: [] };
  const look = async (page, address) => {
    found.layout.push(...(await LAYOUT[width](page)).map((fault) => `${address}: ${fault}`));
    for (const mode of made.modes[width]) {
      await show(page, MODES[mode]);
      found.axe.push(...(await axe(page, MODES[mode])).map((fault) => `${address}, ${mode}: ${fault}`));
    }
    return [];
  };
  const viewport = width === "wide" ? WIDE : NARROW;
  found.browser = await visit(browser, { root, addresses: shown(made), options: { viewport } }, look);
  return found;
}

/** What a browser can stay on: an old address leads on at once. */
function shown(made) {
  return sample(made).filter((page) => !page.includes("old-squat"));
}

for (const { name } of SITES) {
  describe(`the site "${name}"`, () => {
    const made = site(name);
    const root = folder(made);
    const found = {};
    let server;
    before(async () => {
      server = await serve(made);
      for (const width of ["wide", "narrow"]) found[width] = await read(made, server.root, width);
    });
    after(() => server.close());

    test("the Nu Html Checker finds nothing", () => none(nu(sample(made).map((page) => join(root, page)))));

    test("no link, anchor or picture leads nowhere, and no id stands twice", () =>
      none(links(root, pages(made), made.base)));

    test("axe finds nothing on a wide page in any mode", () => none(found.wide.axe));

    test("axe finds nothing at 320 px in any mode", () => none(found.narrow.axe));

    test("the console and the policy are silent, and no other host is asked", () =>
      none([...found.wide.browser, ...found.narrow.browser]));

    test("nothing scrolls sideways at 320 px or lies over another, and fingers hit what they aim at", () => none(found.narrow.layout));

    test("wide pages have text of 18 px, lines that an eye can follow, and nothing that jumps or covers another", () =>
      none(found.wide.layout));

    test("nothing scrolls sideways at 400 % zoom", async () => {
      // 400 % of a screen 1280 px wide is a page of 320 px on which each CSS pixel is four.
      const options = { viewport: { width: 320, height: 225 }, deviceScaleFactor: 4 };
      const addresses = shown(made).filter((_, at) => at % 5 === 0);
      none(await visit(browser, { root: server.root, addresses, options }, sideways));
    });
  });
}
