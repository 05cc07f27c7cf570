// What a host may do: a widget within its own shadow root, and an ear for all of them.

const root = document.querySelector("#host").attachShadow({ mode: "open" });
const fifth = document.createElement("loop-scope");
fifth.id = "fifth";
fifth.innerHTML =
  '<pre>import asyncio, time\nasync def main():\n    time.sleep(1)\n    print("the fifth says", 5)\nasyncio.run(main())</pre>';
root.append(fifth);

globalThis.heard = [];
for (const type of ["loopscope-run", "loopscope-end", "loopscope-change", "loopscope-failed"]) {
  addEventListener(type, (event) => {
    const rules = event.detail?.diagnostics?.map(({ rule }) => rule) ?? [];
    globalThis.heard.push({ type, rules, outcome: event.detail?.outcome ?? null });
  });
}
