// Serves a site below its path with the policy that docs/publishing.md gives, compressed, and writes down what was asked.

import { createServer } from "node:http";
import { readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { REPOSITORY, folder } from "./sites.js";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".xml": "application/xml",
};

/** The content security policy that publishers are told to send. */
export function policy() {
  const guide = readFileSync(join(REPOSITORY, "docs/publishing.md"), "utf8");
  return /^    Content-Security-Policy: (.+)$/m.exec(guide)[1];
}

/** A bad line: so many bytes of an answer arrive at once, and so many milliseconds pass before the next. */
const PIECE = 300;
const PAUSE = 20;

/** Sends an answer as a bad line does: a browser shows what is there while the rest is on its way. */
async function trickle(response, body) {
  for (let at = 0; at < body.length; at += PIECE) {
    response.write(body.subarray(at, at + PIECE));
    await wait(PAUSE);
  }
  response.end();
}

/**
 * Serves `site`; `served` has the path and the bytes of each answer. `close` ends it.
 * `slowly` sends pages over a bad line, as they are.
 */
export async function serve(site, { root = folder(site), slowly = false } = {}) {
  const served = [];
  const headers = {
    "Content-Security-Policy": policy(),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
  };
  const file = (path) => {
    const below = path.startsWith(site.base) ? path.slice(site.base.length) : "../";
    const name = join(root, below === "" || below.endsWith("/") ? `${below}index.html` : below);
    return name.startsWith(root) && statSync(name, { throwIfNoEntry: false })?.isFile() ? name : undefined;
  };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const found = file(path);
    const name = found ?? join(root, "404.html");
    const isTrickled = slowly && extname(name) === ".html";
    const body = isTrickled ? readFileSync(name) : gzipSync(readFileSync(name), { level: 9 });
    served.push({ path, bytes: body.length, status: found ? 200 : 404 });
    response.writeHead(found ? 200 : 404, {
      ...headers,
      "Content-Type": TYPES[extname(name)] ?? "application/octet-stream",
      ...(isTrickled ? {} : { "Content-Encoding": "gzip" }),
    });
    if (isTrickled) trickle(response, body);
    else response.end(body);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return { root: origin + site.base, origin, served, close: () => server.close() };
}
