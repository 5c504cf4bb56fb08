// Builds the viewer, what the plain pages need and the review page: each one script and one style sheet; and the licences of
// what is inside, into kg/server/static
// (or the folder given as the first argument). The same sources and lock file give the same bytes.
import { build } from "esbuild";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2] ?? join(here, "..", "kg", "server", "static");
mkdirSync(target, { recursive: true });

const bundles = { viewer: "src/main.ts", pages: "src/pages.ts", review: "src/review.ts" };
for (const [name, source] of Object.entries(bundles)) {
  await build({
    absWorkingDir: here,
    entryPoints: { [name]: source },
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    outdir: target,
    logLevel: "warning",
  });
}

// A page holds the script inside <script>: nothing in it may end that element or open a comment in it.
const script = join(target, "viewer.js");
const harmless = readFileSync(script, "utf8").replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
writeFileSync(script, harmless);

// vis-network carries parts of its own dependencies inside, so the licences of all dependencies are given.
const about = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
writeFileSync(join(target, "LICENSES.txt"), Object.keys(about.dependencies).sort().map(licence).join("\n"));

function licence(name) {
  const folder = join(here, "node_modules", name);
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file)).sort();
  if (!files.length) throw new Error(`${name} comes without a licence text`);
  const texts = files.map((file) => readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim());
  return `${"=".repeat(78)}\n${name} ${about.version} (${about.license})\n${"=".repeat(78)}\n\n${texts.join("\n\n")}\n`;
}
