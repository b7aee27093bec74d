import { InputPathToUrlTransformPlugin } from "@11ty/eleventy";

export default function (settings) {
  settings.addPlugin(InputPathToUrlTransformPlugin);
  settings.addPassthroughCopy("content/images");
}

export const config = {
  dir: { input: "content", includes: "../layouts", output: "public" },
};
