export default {
  title: "Reviewed clinic",
  url: "https://example.org",
  baseUrl: "/",
  future: { v4: true, faster: true },
  onBrokenLinks: "throw",
  onBrokenAnchors: "throw",
  onDuplicateRoutes: "throw",
  markdown: { hooks: { onBrokenMarkdownLinks: "throw", onBrokenMarkdownImages: "throw" } },
  presets: [["classic", { docs: { path: "content", routeBasePath: "/" }, blog: false, pages: false }]],
};
