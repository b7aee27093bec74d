// Pictures of the main pages, for people to look at. What they show, people judge; that each is there is tested.

import assert from "node:assert/strict";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { look } from "./look.js";
import { OUT } from "./lib/sites.js";

test("each main page has a picture in each way in which it can be shown", async () => {
  const made = await look();
  assert.ok(made.length > 50);
  for (const name of made) {
    const files = ["png", "pdf"].map((ending) => join(OUT, "pictures", `${name}.${ending}`)).filter(existsSync);
    assert.equal(files.length, 1, name);
    assert.ok(statSync(files[0]).size > 5_000, `${name} shows something`);
  }
});
