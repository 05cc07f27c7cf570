/** What the tests of the API share. */

import { createLoopscope } from "../dist/node/node.js";

/** Runs `body` with an engine that is closed afterwards. */
export async function withLoopscope(body) {
  const loopscope = await createLoopscope();
  try {
    return await body(loopscope);
  } finally {
    loopscope.close();
  }
}

export const program = (text) => ({ files: [{ path: "main.py", text }] });

/** A program that says something and then never ends by itself. */
export const ENDLESS = "print('started', flush=True)\nwhile True: pass\n";

/** Limits that no test reaches before it stops a run. */
export const PATIENT = { limits: { work: 1e15, time: 1e15 } };

export const TASKS = `
import asyncio, random

async def worker(number, queue):
    while True:
        item = await queue.get()
        await asyncio.sleep(random.random() / 10)
        print(number, item, round(asyncio.get_running_loop().time(), 6))
        queue.task_done()

async def main():
    queue = asyncio.Queue()
    workers = [asyncio.create_task(worker(n, queue)) for n in range(3)]
    for item in range(10):
        queue.put_nowait(item)
    await queue.join()
    for task in workers:
        task.cancel()
    await asyncio.gather(*workers, return_exceptions=True)

asyncio.run(main())
`;
