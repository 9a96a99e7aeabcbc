// Parses PowerShell from standard input: node --liftoff-only parse.mjs MODULES, where MODULES
// is the folder in which "npm ci" was run. Prints JSON: what the grammar does
// not take, the commands that are called, and the texts between single quotes.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const modules = process.argv[2];
const { Parser, Language } = await import(pathToFileURL(join(modules, "node_modules/web-tree-sitter/tree-sitter.js")));
await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(join(modules, "node_modules/tree-sitter-powershell/tree-sitter-powershell.wasm")));

const out = { faults: [], commands: [], texts: [] };
const walk = node => {
  if (node.isError || node.isMissing) {
    out.faults.push(`line ${node.startPosition.row + 1}: ${node.isMissing ? "missing " + node.type : "not understood: " + node.text.slice(0, 60)}`);
  }
  if (node.type === "command_name") out.commands.push(node.text);
  if (node.type === "verbatim_string_characters") out.texts.push(node.text);
  for (const child of node.children) walk(child);
};
walk(parser.parse(readFileSync(0, "utf8")).rootNode);
console.log(JSON.stringify(out));
