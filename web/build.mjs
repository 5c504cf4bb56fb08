// Builds the viewer (viewer.js, viewer.css), the tab SPARQL (sparql.js), its engine (engine.js, oxigraph.wasm), what the plain pages of
// the server and the review page need (pages.js, review.js and their styles), and the licences of what is inside, into kg/server/static
// (or the folder given as the first argument). The same sources and lock file give the same bytes.
import { build } from "esbuild";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2] ?? join(here, "..", "kg", "server", "static");
mkdirSync(target, { recursive: true });

const SCRIPTS = {
  viewer: "src/main.ts",
  sparql: "src/sparql/tab.ts",
  engine: "src/sparql/worker.ts",
  pages: "src/pages.ts",
  review: "src/review.ts",
};

await build({
  absWorkingDir: here,
  entryPoints: SCRIPTS,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  define: { "import.meta.url": '""' }, // oxigraph is given its WebAssembly, it fetches nothing
  legalComments: "none",
  outdir: target,
  logLevel: "warning",
});
copyFileSync(join(here, "node_modules", "oxigraph", "web_bg.wasm"), join(target, "oxigraph.wasm"));

// A page holds the scripts inside <script>: nothing in them may end that element or open a comment in it.
for (const name of Object.keys(SCRIPTS)) {
  const script = join(target, `${name}.js`);
  const harmless = readFileSync(script, "utf8").replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
  writeFileSync(script, harmless);
}

// The licences of all that may be inside, dependencies of dependencies too.
const { packages } = JSON.parse(readFileSync(join(here, "package-lock.json"), "utf8"));
const inside = Object.keys(packages).filter((path) => path && !packages[path].dev).sort();
writeFileSync(join(target, "LICENSES.txt"), inside.map(licence).join("\n"));

function licence(path) {
  const folder = join(here, path);
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file)).sort();
  // oxigraph comes without a text, but may be used under Apache-2.0, which is this repository's own licence too.
  const apache = about.license?.split(" OR ").includes("Apache-2.0");
  if (!files.length && !apache) throw new Error(`${about.name} comes without a licence text`);
  const found = files.length ? files.map((file) => join(folder, file)) : [join(here, "..", "LICENSE")];
  const texts = found.map((file) => readFileSync(file, "utf8").replaceAll("\r\n", "\n").trim());
  return `${"=".repeat(78)}\n${about.name} ${about.version} (${about.license})\n${"=".repeat(78)}\n\n${texts.join("\n\n")}\n`;
}
