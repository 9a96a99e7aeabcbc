// Lints an OpenAPI document: node lint.mjs MODULES DOCUMENT, where MODULES is
// the folder in which "npm ci" was run. Prints what is wrong; fails on any of
// it, warnings too.
import { createRequire } from "node:module";
import { join } from "node:path";

const [modules, document] = process.argv.slice(2);
const { lint, createConfig } = createRequire(join(modules, "package.json"))("@redocly/openapi-core");

const config = await createConfig({
  extends: ["recommended-strict"],
  rules: {
    "info-license": "off", // programs that embed the API have licenses of their own
    "no-server-example.com": "off",
    "operation-4xx-response": "error",
    "no-unused-components": "error",
    "no-invalid-schema-examples": "error",
  },
});
const problems = await lint({ ref: document, config });
for (const p of problems) {
  console.log(`${p.location[0]?.pointer ?? ""}: ${p.message} (${p.ruleId})`);
}
console.log(`openapi: ${problems.length} problems in ${document}`);
process.exit(problems.length === 0 ? 0 : 1);
