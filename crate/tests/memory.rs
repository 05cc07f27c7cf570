//! What an analysis keeps of a run grows with the number of its events, and with nothing else.
#![cfg(feature = "command")]

use loopscope::{
    analysis::Analysis,
    engine::{native, packages::Packages},
    memory,
    trace::event::Event,
    workspace::{File, Options, Workspace},
};

/// What the state and the rules keep, per event, in bytes; the README gives the same number. A vector that has just grown
/// is half empty, which is why the bound is about twice what is in use on the average.
const BOUND: usize = 300;

/// Steps, timers, failures, queues and locks: what there is most of in real programs.
const PROGRAM: &str = "
import asyncio

async def worker(queue, lock, number):
    while True:
        item = await queue.get()
        async with lock:
            await asyncio.sleep(0)
        if item % 10 == number:
            queue.task_done()
            raise ValueError(item)
        queue.task_done()

async def main(size):
    queue, lock = asyncio.Queue(maxsize=20), asyncio.Lock()
    workers = [asyncio.create_task(worker(queue, lock, number)) for number in range(100, 110)]
    for item in range(size):
        await queue.put(item)
        if item % 7 == 0:
            await asyncio.gather(asyncio.sleep(0.01), asyncio.sleep(0.02))
    await queue.join()
    for task in workers:
        task.cancel()
    await asyncio.gather(*workers, return_exceptions=True)

asyncio.run(main(SIZE))
";

fn events(size: usize) -> (Workspace, Vec<Event>) {
    let workspace = Workspace {
        entry: "main.py".to_owned(),
        files: vec![File {
            path: "main.py".to_owned(),
            text: PROGRAM.replace("SIZE", &size.to_string()).as_str().into(),
        }],
        ..Workspace::default()
    };
    let trace = native::run_with(&workspace, &Options::default(), &Packages::default());
    (workspace, trace.events)
}

#[test]
fn an_analysis_takes_no_more_than_so_many_bytes_for_an_event() {
    for size in [200, 1_000, 5_000] {
        let (workspace, events) = events(size);
        let before = memory::in_use();
        let mut analysis = Analysis::new(&workspace, &Options::default());
        let empty = memory::in_use();
        for event in &events {
            analysis.push(event);
        }
        let kept = memory::in_use() - empty;
        assert!(
            kept <= BOUND * events.len(),
            "{size} items: {} events keep {kept} bytes, {} for each (and {} before the first)",
            events.len(),
            kept / events.len(),
            empty - before,
        );
        drop(analysis);
    }
}
