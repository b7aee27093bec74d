// What comes out of a printer, and what can't be done on paper.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { MODES, NARROW, open, show } from "./lib/browser.js";
import { serve } from "./lib/server.js";
import { pages, site } from "./lib/sites.js";

/** How many sheets of A4 the handouts of the demonstration site may take, on average: two printed on both sides, and room
 * for the fonts of other systems. */
const SHEETS = 5;

let browser;
let server;
before(async () => {
  browser = await open();
  server = await serve(site("demonstration"));
});
after(async () => {
  server.close();
  await browser.close();
});

/** How many sheets the page takes as it is printed. */
async function sheets(page, address) {
  await page.goto(server.root + address);
  const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
  return [...pdf.toString("latin1").matchAll(/\/Type\s*\/Page\b/g)].length;
}

describe("a clinic that prints its sheets", () => {
  test("needs no more paper than what stands on them", async () => {
    const page = await browser.newPage();
    const handouts = pages(site("demonstration")).filter((address) => address.startsWith("handouts/"));
    const counts = [];
    for (const address of handouts) counts.push(await sheets(page, address));
    const sum = counts.reduce((sum, count) => sum + count, 0);
    assert.ok(counts.every((count) => count > 1), `sheets are counted: ${counts}`);
    assert.ok(sum <= SHEETS * handouts.length, `${sum} sheets for ${handouts.length} handouts: ${counts}`);
    await page.close();
  });
});

describe("a reader in an emergency", () => {
  const ADDRESS = "handouts/sciatica/acute.html";

  test("calls the number at a press of the finger, and meets no other link among the signs", async () => {
    const page = await browser.newPage({ viewport: NARROW });
    await page.goto(server.root + ADDRESS);
    const links = page.locator(".care-emergency a");
    assert.deepEqual(await links.evaluateAll((links) => links.map((link) => link.getAttribute("href"))), ["tel:112"]);
    const { width, height } = await links.boundingBox();
    assert.ok(width >= 44 && height >= 44, `${width} x ${height} px`);
    await page.close();
  });

  test("reads it as part of the sentence on paper", async () => {
    const page = await browser.newPage();
    await page.goto(server.root + ADDRESS);
    await show(page, MODES.print);
    assert.equal(await page.locator(".care-emergency .care-do").innerText(), "Call 112 now if you have any of these:");
    const style = await page.locator(".call").evaluate((link) => {
      const { display, borderTopWidth, textDecorationLine } = getComputedStyle(link);
      return { display, borderTopWidth, textDecorationLine };
    });
    assert.deepEqual(style, { display: "inline", borderTopWidth: "0px", textDecorationLine: "none" });
    await page.close();
  });
});
