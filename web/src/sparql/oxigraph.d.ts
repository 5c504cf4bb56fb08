declare module "oxigraph/web.js" {
  export default function init(from: { module_or_path: ArrayBuffer }): Promise<unknown>;
  export class Store {
    load(text: string, options: { format: string }): void;
    update(text: string): void;
    query(text: string, options: { results_format: string }): unknown;
  }
}
