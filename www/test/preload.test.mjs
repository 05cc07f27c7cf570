/** Runs that begin by importing packages, which the engine imports once for all of them. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { program, withLoopscope } from "./helpers.mjs";

const BEGINS = `
import asyncio
import aiosignal
from multidict import CIMultiDict
`;
const ENDS = `
async def main():
    signal = aiosignal.Signal(object())
    signal.append(asyncio.sleep)
    signal.freeze()
    await signal.send(0.5)
    print(CIMultiDict(Name="Ada")["name"], id(signal), id(asyncio.current_task()))

asyncio.run(main())
`;

/** Runs the texts of programs one after another, and gives the results. */
const inTurn = (texts) =>
  withLoopscope(async (loopscope) => {
    const results = [];
    for (const text of texts) results.push(await loopscope.run(program(text)).result);
    return results;
  });

test("each begins in the same interpreter, whatever ran before", async () => {
  const whole = BEGINS + ENDS;
  const others = [
    "print('no packages')",
    `${BEGINS}x = bytearray(100 << 20)`,
    `${BEGINS}while True: x = [x]`,
    `${BEGINS}def broken(:`,
  ];
  const results = await inTurn([whole, whole, ...others.flatMap((other) => [other, whole])]);
  const [, known] = results;
  assert.equal(known.outcome, "completed", known.stderr);
  assert.match(known.stdout, /^Ada \d+ \d+\n$/);
  const again = results.filter((_, index) => index === 1 || (index > 1 && index % 2 === 1));
  assert.equal(again.length, 1 + others.length);
  for (const { trace } of again) assert.deepEqual(trace, known.trace);
});

test("what was imported for one is not there for another", async () => {
  const text = "import sys\nprint('aiosignal' in sys.modules, 'multidict' in sys.modules)";
  const results = await inTurn([BEGINS + ENDS, text, "import multidict\n" + text, text]);
  const printed = results.slice(1).map(({ stdout }) => stdout);
  assert.deepEqual(printed, ["False False\n", "False True\n", "False False\n"]);
});

test("modules of the workspace go before those of packages, wherever a package imports them", () =>
  withLoopscope(async (loopscope) => {
    const files = [
      { path: "main.py", text: "import aiosignal\nimport frozenlist\nprint(aiosignal.FrozenList, frozenlist.own)" },
      { path: "frozenlist.py", text: "own = 'mine'\nclass FrozenList(list): pass" },
    ];
    for (let turn = 0; turn < 2; turn += 1) {
      const { stdout, stderr } = await loopscope.run({ entry: "main.py", files }).result;
      assert.equal(stdout, "<class 'frozenlist.FrozenList'> mine\n", stderr);
    }
    const { stdout } = await loopscope.run(program("import frozenlist\nprint(hasattr(frozenlist, 'own'))")).result;
    assert.equal(stdout, "False\n");
  }));

test("a thread finds its functions' forms made already, and does the same", async () => {
  const text = `
import asyncio, sys, threading, time
from concurrent.futures import ThreadPoolExecutor

def work(number):
    time.sleep(number / 10)
    if number == 2:
        raise ValueError(number)
    return number, threading.current_thread().name

async def main():
    with ThreadPoolExecutor(2) as pool:
        loop = asyncio.get_running_loop()
        calls = [loop.run_in_executor(pool, work, number) for number in range(4)]
        print(await asyncio.gather(*calls, asyncio.to_thread(work, 5), return_exceptions=True))
    print("_twin_codes" in sys.modules, time.perf_counter())

asyncio.run(main())
`;
  const results = await inTurn([text, text, "print()", text]);
  const [first] = results;
  assert.equal(first.outcome, "completed", first.stderr);
  assert.match(first.stdout, /ValueError\(2\)[^]*\nFalse /);
  for (const { trace } of [results[1], results[3]]) assert.deepEqual(trace, first.trace);
});
