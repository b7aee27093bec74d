// Each checker finds a defect that was put there: one that finds nothing may be one that looks at nothing.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { NARROW, WIDE, MODES, open, show, visit } from "./lib/browser.js";
import { axe, lines, links, nu, overlaps, pictures, shift, sideways, targets } from "./lib/checkers.js";
import { policy, serve } from "./lib/server.js";
import { OUT, folder, site } from "./lib/sites.js";

const ROOT = join(OUT, "defects");
const DEFECT = { name: "defects", base: "/" };
const PAGE = "exercises/pelvic-tilt.html";

let browser;
let server;
let whole;
before(async () => {
  mkdirSync(ROOT, { recursive: true });
  cpSync(folder(site("demonstration")), ROOT, { recursive: true });
  whole = readFileSync(join(ROOT, PAGE), "utf8");
  server = await serve(DEFECT, { root: ROOT });
  browser = await open();
});
after(async () => {
  server.close();
  await browser.close();
});

/** Puts `by` in place of `old` on the page, which is whole otherwise. */
function put(old, by) {
  assert.ok(whole.includes(old), `the page has no \`${old}\``);
  writeFileSync(join(ROOT, PAGE), whole.replace(old, by));
}

const faults = (look, options = {}) => visit(browser, { root: server.root, addresses: [PAGE], options }, look);

/** That `found` has a fault like `pattern`. */
const has = (found, pattern) => assert.ok(found.some((fault) => pattern.test(fault)), `found ${JSON.stringify(found)}`);

describe("a defect that was put there is found:", () => {
  test("HTML that is not valid, by the Nu Html Checker", () => {
    put("<article>", "<article><a><div><a></a></div></a>");
    has(nu([join(ROOT, PAGE)]), /a/);
  });

  test("a picture without words, by axe in light", async () => {
    put("<article>", '<article><img src="../static/favicon.svg" width="9" height="9">');
    has(await faults(axe), /axe image-alt/);
  });

  test("words too pale to be read in the dark, by axe in dark alone", async () => {
    put("</head>", '<link rel="stylesheet" href="../pale.css"></head>');
    writeFileSync(join(ROOT, "pale.css"), "@media (prefers-color-scheme: dark) { .lead { color: #333 } }");
    const look = (mode) => async (page) => {
      await show(page, MODES[mode]);
      return axe(page, MODES[mode]);
    };
    assert.deepEqual(await faults(look("light")), []);
    has(await faults(look("dark")), /axe color-contrast/);
  });

  test("a heading that is hidden on paper, by axe on paper alone", async () => {
    put("</head>", '<link rel="stylesheet" href="../gone.css"></head>');
    writeFileSync(join(ROOT, "gone.css"), "@media print { h1 { display: none } }");
    const look = async (page) => {
      await show(page, MODES.print);
      return axe(page);
    };
    assert.deepEqual(await faults(axe), []);
    has(await faults(look), /axe page-has-heading-one/);
  });

  test("a link to nowhere, an anchor to nowhere, and an id that stands twice", () => {
    put("<article>", '<article><a href="gone.html">x</a><a href="../index.html#gone">y</a><p id="steps"></p>');
    const found = links(ROOT, [PAGE, "index.html"]);
    has(found, /gone\.html leads nowhere/);
    has(found, /#gone leads to no place/);
    has(found, /the id steps stands twice/);
  });

  test("something too wide for a telephone", async () => {
    put("<article>", '<article><svg width="400" height="9"></svg>');
    assert.deepEqual(await faults(sideways), []);
    put("</head>", '<link rel="stylesheet" href="../wide.css"></head>');
    writeFileSync(join(ROOT, "wide.css"), "h1 { inline-size: 400px }");
    has(await faults(sideways, { viewport: NARROW }), /scrolls sideways at 320 px: <h1/);
  });

  test("a part that lies over another", async () => {
    assert.deepEqual(await faults(overlaps, { viewport: NARROW }), []);
    put("</head>", '<link rel="stylesheet" href="../over.css"></head>');
    writeFileSync(join(ROOT, "over.css"), ".head { margin-block-end: -5rem }");
    has(await faults(overlaps, { viewport: NARROW }), /lies over another: <header class="head"/);
  });

  test("a button that is too small for a finger", async () => {
    put("<article>", "<article><button>x</button>");
    has(await faults(targets), /is too small: <button/);
  });

  test("text that is too small, and lines that are too long", async () => {
    put("</head>", '<link rel="stylesheet" href="../small.css"></head>');
    writeFileSync(join(ROOT, "small.css"), ".prose { max-inline-size: none } .prose p { font-size: 12px; line-height: 1.5 }");
    put("</head>", '<link rel="stylesheet" href="../small.css"></head>');
    has(await faults(lines), /text of 12px/);
    writeFileSync(join(ROOT, "small.css"), ".prose { max-inline-size: none } article { display: block !important }");
    const long = `<div class="prose"><p>${"words that go on and on ".repeat(40)}</p></div>`;
    writeFileSync(join(ROOT, PAGE), readFileSync(join(ROOT, PAGE), "utf8").replace("</article>", `${long}</article>`));
    has(await faults(lines, { viewport: WIDE }), /letters in a line/);
  });

  test("a picture without a size, and text that jumps when it comes", async () => {
    put("<article>", '<article><img alt="A picture" src="../tall.svg">');
    const tall = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><path d="M0 0h9v9z"/></svg>';
    writeFileSync(join(ROOT, "tall.svg"), tall);
    has(await faults(pictures), /without width and height/);
    put("<article>", '<article><script src="../jump.js"></script>');
    const jump = "setTimeout(function () { document.querySelector('.head').style.marginTop = '300px' }, 100)";
    writeFileSync(join(ROOT, "jump.js"), jump);
    const look = async (page) => {
      await page.waitForTimeout(400);
      return shift(page);
    };
    has(await faults(look), /moves by 0\.\d+: <header class="head"/);
  });

  test("a script and a style in the page, which the policy forbids", async () => {
    put("</head>", "<script>1</script></head>");
    has(await faults(() => []), /Content Security Policy|the policy forbids/);
    put("<article>", '<article style="color: red">');
    has(await faults(() => []), /Content Security Policy|the policy forbids/);
    assert.match(policy(), /^default-src 'none'/);
  });

  test("a request to another host", async () => {
    put("</head>", '<link rel="stylesheet" href="https://fonts.example.org/a.css"></head>');
    has(await faults(() => []), /asks for https:\/\/fonts\.example\.org/);
  });

  test("a message on the console, and a script that fails", async () => {
    put("<article>", '<article><script src="../says.js"></script>');
    writeFileSync(join(ROOT, "says.js"), "console.log('hello'); throw new Error('oh')");
    const found = await faults(() => []);
    has(found, /the console says: hello/);
    has(found, /a script failed: oh/);
  });
});
