// Every page of every site, read by checkers.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { axe, lines, links, nu, pictures, shift, sideways, targets } from "./lib/checkers.js";
import { MODES, NARROW, WIDE, open, show, visit } from "./lib/browser.js";
import { serve } from "./lib/server.js";
import { SITES, folder, pages, sample, site } from "./lib/sites.js";

let browser;
before(async () => {
  browser = await open();
});
after(() => browser.close());

const none = (faults) => assert.deepEqual(faults.slice(0, 30), [], `${faults.length} faults`);

for (const { name } of SITES) {
  describe(`the site "${name}"`, () => {
    const made = site(name);
    const root = folder(made);
    let server;
    before(async () => {
      server = await serve(made);
    });
    after(() => server.close());

    test("the Nu Html Checker finds nothing", () => none(nu(sample(made).map((page) => join(root, page)))));

    test("no link, anchor or picture leads nowhere, and no id stands twice", () =>
      none(links(root, pages(made), made.base)));

    for (const viewport of [WIDE, NARROW]) {
      test(`at ${viewport.width} px axe finds nothing in any mode, and the browser has nothing to say`, async () => {
        const where = { root: server.root, addresses: shown(made), options: { viewport } };
        const look = async (page) => {
          const faults = [];
          for (const [mode, settings] of Object.entries(MODES)) {
            if (settings.wide && viewport !== WIDE) continue;
            await show(page, settings);
            faults.push(...(await axe(page, settings)).map((fault) => `${mode}: ${fault}`));
          }
          return faults;
        };
        none(await visit(browser, where, look));
      });
    }

    test("nothing scrolls sideways at 320 px and at 400 % zoom, and fingers hit what they aim at", async () => {
      const where = { root: server.root, addresses: shown(made), options: { viewport: NARROW } };
      // 400 % of a screen 1280 px wide is a page of 320 px on which each CSS pixel is four.
      const zoomed = { ...where, options: { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 } };
      const look = async (page) => [...(await sideways(page)), ...(await targets(page))];
      none([...(await visit(browser, where, look)), ...(await visit(browser, zoomed, sideways))]);
    });

    test("on a wide screen text has 18 px and lines that an eye can follow, and nothing jumps", async () => {
      const where = { root: server.root, addresses: shown(made), options: { viewport: WIDE } };
      const look = async (page) => {
        const moved = await shift(page);
        const jumps = moved > 0 ? [`moves by ${moved} while it is loaded`] : [];
        return [...jumps, ...(await lines(page)), ...(await pictures(page)), ...(await targets(page))];
      };
      none(await visit(browser, where, look));
    });
  });
}

/** What a browser can stay on: an old address leads on at once. */
function shown(made) {
  return sample(made).filter((page) => !page.includes("old-squat"));
}
