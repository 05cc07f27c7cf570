import { readFileSync } from "node:fs";
const { startOracle } = await import("/work/main/tests/conformance/oracle.mjs");
const o = await startOracle();
for (const f of process.argv.slice(2)) { const r = o.run(readFileSync(f, "utf8")); console.log(r.stdout + r.stderr); }
process.exit(0);
