// A browser, and what it has to say about the pages that it shows.

import { chromium } from "playwright-core";

/** Where Debian puts Chromium, or what the environment names. */
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** The width of a desk's screen and of a small telephone, in CSS pixels. */
export const WIDE = { width: 1280, height: 900 };
export const NARROW = { width: 320, height: 640 };

/** The ways in which a page can be shown. `colours` says that a mode changes nothing but colours. */
export const MODES = {
  light: { media: "screen", colorScheme: "light" },
  dark: { media: "screen", colorScheme: "dark", colours: true },
  print: { media: "print", colorScheme: "light" },
  "more contrast": { media: "screen", colorScheme: "light", contrast: "more", colours: true },
  "more contrast in the dark": { media: "screen", colorScheme: "dark", contrast: "more", colours: true },
};

/** Colours that the system sets: axe has no opinion of them, so people look at pictures. */
export const FORCED = { media: "screen", colorScheme: "dark", forcedColors: "active" };

/** Shows the page in a mode, with nothing left of the mode before. */
export async function show(page, { media = null, colorScheme = null, contrast = null, forcedColors = null }) {
  await page.emulateMedia({ media, colorScheme, contrast, forcedColors });
}

/** Opens a browser. */
export function open() {
  // A container has little shared memory, and often no other user than root.
  return chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}

/**
 * Goes to each of `addresses` below `root` and hands the page to `look`, which answers with faults as text.
 * What the browser itself complains about is a fault too: messages, errors, the policy, and what it asks other hosts for.
 */
export async function visit(browser, { root, addresses, options = {} }, look) {
  const faults = [];
  const todo = [...addresses];
  const worker = async () => {
    const context = await browser.newContext({ viewport: WIDE, ...options });
    await context.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => {
        console.error(`the policy forbids ${event.blockedURI} (${event.violatedDirective})`);
      });
    });
    const page = await context.newPage();
    let address;
    const fault = (what) => faults.push(`${address}: ${what}`);
    page.on("console", (message) => fault(`the console says: ${message.text()}`));
    page.on("pageerror", (error) => fault(`a script failed: ${error.message}`));
    page.on("requestfailed", (request) => {
      const { errorText } = request.failure();
      // The icon of a page that is left before it came.
      if (errorText !== "net::ERR_ABORTED") fault(`${request.url()} failed: ${errorText}`);
    });
    page.on("request", (request) => {
      const isOwn = request.url().startsWith(root) || request.url().startsWith("data:");
      if (!isOwn) fault(`asks for ${request.url()}`);
    });
    while (todo.length > 0) {
      address = todo.shift();
      await page.goto(root + address);
      for (const found of (await look(page, address)) ?? []) fault(found);
    }
    await context.close();
  };
  await Promise.all([worker(), worker()]);
  return faults.sort();
}
