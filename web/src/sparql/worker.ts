// The engine of a page that carries its graph: oxigraph in a worker, so that a long query can be stopped by ending it.

import init, { Store } from "oxigraph/web.js";

/** Compressed WebAssembly and the graph as TriG come first, then queries; `format` is that of the answer. */
export type Asked = { wasm: Uint8Array<ArrayBuffer>; graph: string } | { query: string; format: string };
export type Told = { text: string } | { error: string };

// Plain queries see the union of all graphs, each triple once: oxigraph's own union would count it once a graph.
const UNION = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }";

let store: Promise<Store> | undefined;

async function open(packed: Uint8Array<ArrayBuffer>, graph: string): Promise<Store> {
  const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  await init({ module_or_path: await new Response(plain).arrayBuffer() });
  const opened = new Store();
  opened.load(graph, { format: "application/trig" });
  opened.update(UNION);
  return opened;
}

async function answer(asked: Asked): Promise<Told | undefined> {
  if ("wasm" in asked) {
    store = open(asked.wasm, asked.graph);
    return undefined;
  }
  try {
    return { text: String((await store)?.query(asked.query, { results_format: asked.format })) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

onmessage = async ({ data }: MessageEvent<Asked>): Promise<void> => {
  const told = await answer(data);
  if (told) postMessage(told);
};
