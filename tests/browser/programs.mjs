// Programs that the browser tests type, and how each must end.

import { readFile } from "node:fs/promises";

export const CLEAN = `import asyncio


async def main():
    await asyncio.sleep(1)
    print("all is well")


asyncio.run(main())
`;

/** Three faults of three kinds, each on a line of its own. */
export const FAULTY = `import asyncio
import time


async def nap():
    await asyncio.sleep(0.5)


async def lost():
    await asyncio.Event().wait()


async def main():
    nap()
    asyncio.create_task(lost())
    await asyncio.sleep(0.1)
    time.sleep(0.4)
    print("finished")


asyncio.run(main())
`;

/** Two tasks that each hold what the other wants. */
export const DEADLOCK = `import asyncio


async def worker(mine, other):
    async with mine:
        await asyncio.sleep(0.1)
        async with other:
            print("never")


async def main():
    a, b = asyncio.Lock(), asyncio.Lock()
    async with asyncio.TaskGroup() as group:
        group.create_task(worker(a, b), name="one")
        group.create_task(worker(b, a), name="two")


asyncio.run(main())
`;

/** A finding in the first moment, and then work without an end. */
export const FAULTY_THEN_BUSY = `import asyncio


async def nap():
    await asyncio.sleep(0.5)


async def main():
    nap()
    print("begun")
    await asyncio.sleep(1)
    while True:
        pass


asyncio.run(main())
`;

export const ENDLESS = "while True:\n    pass\n";

/** Programs that never end, and tell of so much that the page is always behind. */
export const FLOODS = {
  turns: `import asyncio


async def main():
    while True:
        await asyncio.sleep(0)


asyncio.run(main())
`,
  // The shortest lines there are, so that the limit of output is far away.
  lines: "while True:\n    print()\n",
  workers: `import asyncio


async def worker(number):
    while True:
        await asyncio.sleep(0.001 * (number % 7 + 1))


async def main():
    async with asyncio.TaskGroup() as group:
        for number in range(200):
            group.create_task(worker(number), name=f"worker {number}")


asyncio.run(main())
`,
};

const MUTUAL = `import asyncio


async def wait_for(name):
    await asyncio.sleep(0)
    await tasks[1 - name]


async def main():
    tasks.extend(asyncio.create_task(wait_for(name)) for name in range(2))
    await asyncio.sleep(1)
    tasks[0].cancel()
    await asyncio.sleep(1)


tasks = []
asyncio.run(main())
`;

/** Programs that nobody should run, and what the page says of them. `shows` stands in the output or the findings. */
export const HOSTILE = [
  {
    name: "a syntax error",
    program: "import asyncio\n\ndef main(:\n    pass\n",
    outcome: /Ended with status 1/,
    shows: /SyntaxError/,
  },
  {
    name: "an uncaught exception",
    program: 'def inner():\n    raise ValueError("no")\n\ninner()\n',
    outcome: /Ended with status 1/,
    shows: /line 2, in inner/,
  },
  {
    name: "unlimited recursion",
    program: "def again():\n    again()\n\nagain()\n",
    outcome: /Ended with status 1/,
    shows: /RecursionError/,
  },
  {
    name: "unlimited awaiting",
    program: "import asyncio\n\nasync def again():\n    await again()\n\nasyncio.run(again())\n",
    outcome: /Ended with status 1/,
    shows: /RecursionError/,
  },
  {
    name: "recursion by every way there is",
    program: await readFile(new URL("../../crate/tests/programs/limits/recursion.py", import.meta.url), "utf8"),
    outcome: /Completed/,
    shows: /enters/,
  },
  {
    name: "tasks that await each other, cancelled",
    program: MUTUAL,
    outcome: /Ended with status 1|Completed|Deadlocked/,
  },
  {
    name: "a memory bomb in one step",
    program: 'x = "x" * (1 << 40)\n',
    outcome: /Ended with status 1|limit of memory/,
  },
  {
    name: "a memory bomb in many steps",
    program: "x = []\nwhile True:\n    x.append(bytearray(1 << 20))\n",
    outcome: /Ended with status 1|limit of memory/,
  },
  { name: "endless output", program: 'while True:\n    print("and again")\n', outcome: /limit of output/ },
  {
    name: "a million tasks",
    program:
      "import asyncio\n\nasync def one():\n    await asyncio.sleep(1)\n\nasync def main():\n    tasks = [asyncio.create_task(one()) for _ in range(1_000_000)]\n    await asyncio.gather(*tasks)\n\nasyncio.run(main())\n",
    outcome: /limit of (events|memory|computing)/,
  },
  {
    name: "os._exit",
    program: 'import os\n\nprint("before", flush=True)\nos._exit(3)\nprint("after")\n',
    outcome: /Ended with status 3/,
    shows: /before/,
  },
  {
    name: "sys.exit",
    program: 'import sys\n\nprint("before")\nsys.exit("enough")\n',
    outcome: /Ended with status 1/,
    shows: /enough/,
  },
  { name: "sys.exit without a status", program: "import sys\n\nsys.exit()\n", outcome: /Completed/ },
  {
    name: "markup in the output",
    program: 'print("<img src=x onerror=alert(1)>")\n',
    outcome: /Completed/,
    shows: /<img src=x/,
  },
];

/** One task holds a lock, two wait for it, and a semaphore lets two in and keeps the third waiting. */
export const CONTENDED = `import asyncio


async def writer(lock):
    async with lock:
        await asyncio.sleep(1)


async def download(gate):
    async with gate:
        await asyncio.sleep(1)


async def main():
    lock, gate = asyncio.Lock(), asyncio.Semaphore(2)
    async with asyncio.TaskGroup() as group:
        for name in ("ann", "ben", "cid"):
            group.create_task(writer(lock), name=name)
        for name in ("dan", "eve", "fay"):
            group.create_task(download(gate), name=name)


asyncio.run(main())
`;
