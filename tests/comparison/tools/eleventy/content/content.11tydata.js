export default { layout: "page.liquid" };
