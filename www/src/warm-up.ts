/** What an engine runs out of sight while the page is still being put together: what most programs have in common. */

const PROGRAM = `
import asyncio


async def work(number):
    await asyncio.sleep(number)
    return number


async def main():
    task = asyncio.create_task(work(1))
    print(await task)


asyncio.run(main())
`;

/** The input of a run, as JSON. */
export const WARM_UP = JSON.stringify({
  workspace: { entry: "main.py", files: [{ path: "main.py", text: PROGRAM }] },
  options: {},
});
