//! The recorder: turns what happens in the interpreter into events.
//!
//! **It never perturbs.** It retrieves no exception, keeps no object of the program alive, runs no Python code, and
//! changes no order. Whatever it needs to know of an object it reads at once and stores as numbers and text.

mod cancellations;
mod coroutines;
mod loops;
mod primitives;
mod program;
mod tasks;

use std::{
    cell::{Cell, RefCell},
    collections::HashSet,
};

use rustpython_vm::{
    AsObject, Py, PyObject, VirtualMachine,
    builtins::{PyBaseException, PyCode},
    observe,
};

use super::{
    clock, describe, limits,
    quick::QuickMap,
    stacks::{News, Stacks, Walk, of_workspace},
};
use crate::{
    trace::{
        encode,
        event::{Event, Exception, Frame, Id, Kind, Limit, StackId},
    },
    workspace::File,
};

pub use cancellations::{cancellation_thrown, exception_handling};
pub use coroutines::{async_generator_abandoned, coroutine_created, coroutine_dropped};
pub(super) use loops::{Running, swap_running};
pub use loops::{
    blocked, forget_handle, handle_id, handle_runs, handle_scheduled, loop_closed, loop_created, loop_started,
    name_handle, running, say, say_at, timer_gone, turn_taken, waiter_of,
};
pub use primitives::{object_destroyed, released, room_changed};
pub use program::{
    collection, ended, log, loop_exception, output, raised, refused, thread_failed, uncaught, unraisable, warning,
};
pub use tasks::{
    awaited, cancel_requested, destroyed, future_created, future_done, is_in_task, joined, misuse, retrieved,
    step_finished, step_started, step_suspended, task_created, task_renamed, uncancelled,
};

/// A batch is handed on when it is this long, if time has not done so before.
const BATCH_BYTES: usize = 32 * 1024;

/// What a task waits on, as its implementation sees it.
#[derive(Clone, Copy)]
pub enum WaitOn<'a> {
    Yield,
    Future { id: Id, object: &'a PyObject },
}

/// How a future ended, as its implementation sees it.
#[derive(Clone, Copy)]
pub enum Done<'a> {
    Result,
    Exception(&'a Py<PyBaseException>),
    Cancelled,
}

/// A pending task: what is needed to see that nobody holds it.
struct Live {
    /// Valid until [`destroyed`] removes the entry, which the task's destructor calls first of all.
    object: *const PyObject,
    /// The future it waits on.
    waits_on: Option<Id>,
    unreferenced: bool,
}

#[derive(Default)]
pub struct Recorder {
    on: bool,
    batch: Vec<u8>,
    events: u32,
    last_id: Id,
    stacks: Stacks,
    /// The paths of the program's own files.
    workspace: HashSet<String>,
    /// The tasks whose steps are running, innermost last: an eager task starts within its creator's step.
    running: Vec<Id>,
    live: QuickMap<Id, Live>,
    /// The tasks that each running task has made, in that order, whether or not they live.
    children: QuickMap<Id, Vec<Id>>,
    /// Tasks whose last reference may have gone in the current step.
    suspects: Vec<Id>,
    /// Coroutines by address. The entry of one that is gone may stay, until another takes its place.
    coroutines: QuickMap<usize, Id>,
    /// Scheduled handles by address; an entry goes when its handle runs or is cancelled.
    handles: QuickMap<usize, Id>,
    primitives: primitives::Primitives,
    cancellations: cancellations::Cancellations,
    /// Timers set, by handle, with the future each completes.
    timers: QuickMap<Id, Option<Id>>,
    timed: QuickMap<Id, u32>,
    handle: Option<Id>,
}

/// Where batches go.
type Sink = fn(&[u8]);

thread_local! {
    static RECORDER: RefCell<Recorder> = RefCell::new(Recorder::default());
    static SINK: Cell<Option<Sink>> = const { Cell::new(None) };
}

fn with<T>(f: impl FnOnce(&mut Recorder) -> T) -> Option<T> {
    RECORDER.with(|recorder| {
        let mut recorder = recorder.try_borrow_mut().ok()?;
        (recorder.on && !limits::over()).then(|| f(&mut recorder))
    })
}

/// Begins a run of these files. `record` is false to measure what recording costs.
pub fn start(files: &[File], record: bool, sink: Sink) {
    SINK.set(Some(sink));
    observe::watch(false);
    RECORDER.with(|recorder| {
        let batch = Vec::with_capacity(2 * BATCH_BYTES);
        *recorder.borrow_mut() = Recorder {
            on: record,
            workspace: files.iter().map(|file| file.path.clone()).collect(),
            stacks: Stacks::of(files),
            batch,
            ..Recorder::default()
        };
    });
}

/// Hands on what has been recorded so far. The batch keeps its buffer: when it is handed on depends on the wall clock, which
/// must not move the heap.
pub fn flush() {
    RECORDER.with(|recorder| {
        if let Ok(mut recorder) = recorder.try_borrow_mut()
            && let Some(sink) = SINK.get()
            && !recorder.batch.is_empty()
        {
            sink(&recorder.batch);
            recorder.batch.clear();
        }
    });
}

/// The next id. Ids are given whether or not anything is recorded, so that both runs are alike.
#[must_use]
pub fn new_id() -> Id {
    RECORDER.with(|recorder| {
        recorder.try_borrow_mut().map_or(0, |mut recorder| {
            recorder.last_id += 1;
            recorder.last_id
        })
    })
}

impl Recorder {
    fn say(&mut self, kind: Kind) {
        encode(
            &Event {
                time: clock::now(),
                kind,
            },
            &mut self.batch,
        );
        self.events += 1;
        if limits::too_many_events(self.events) {
            limits::reach(Limit::Events);
        }
    }

    fn tell(&mut self, news: Vec<News>) {
        for news in news {
            self.say(match news {
                News::Source { id, path, workspace } => Kind::Source { id, path, workspace },
                News::Stack { id, frames } => Kind::Stack { id, frames },
            });
        }
    }

    fn stack(&mut self, walk: Walk) -> StackId {
        let workspace = &self.workspace;
        let (id, news) = self.stacks.intern(walk, &|path| workspace.contains(path));
        self.tell(news);
        id
    }

    fn at(&mut self, vm: &VirtualMachine) -> StackId {
        match self.stacks.known_running(vm) {
            Some(id) => id,
            None => self.stack(Walk::running(vm)),
        }
    }

    fn awaiting(&mut self, coroutine: &PyObject) -> StackId {
        let workspace = &self.workspace;
        let (id, news) = self.stacks.awaiting(coroutine, &|path| workspace.contains(path));
        self.tell(news);
        id
    }

    fn frames(&mut self, walk: &Walk) -> Vec<Frame> {
        let workspace = &self.workspace;
        let mut news = Vec::new();
        let is_workspace = |path: &str| workspace.contains(of_workspace(path));
        let frames = self.stacks.frames(walk, &is_workspace, &mut news);
        self.tell(news);
        frames
    }

    fn exception(&mut self, exception: &Py<PyBaseException>, vm: &VirtualMachine) -> Exception {
        let walk = Walk::traceback(exception.__traceback__());
        let workspace = &self.workspace;
        let is_workspace = |path: &str| workspace.contains(of_workspace(path));
        let mut news = Vec::new();
        let mut traceback = self.stacks.frames(&walk, &is_workspace, &mut news);
        let syntax = describe::syntax_error(exception, vm).filter(|place| is_workspace(&place.path));
        if let Some(place) = &syntax {
            let file = self.stacks.file(of_workspace(&place.path), &is_workspace, &mut news);
            traceback.insert(0, place.frame(file));
        }
        self.tell(news);
        Exception {
            class: describe::class_name(exception.class(), vm),
            message: describe::message(exception, vm),
            traceback,
            syntax: syntax.is_some(),
        }
    }

    fn is_workspace(&self, code: &Py<PyCode>) -> bool {
        self.workspace.contains(of_workspace(code.source_path().as_str()))
    }

    /// Whether the exception was raised below the frame that its traceback begins with, and in the workspace.
    fn passed_the_workspace(&self, exception: &Py<PyBaseException>) -> bool {
        let mut next = exception.__traceback__().and_then(|first| first.next.lock().clone());
        while let Some(entry) = next.take() {
            if self.is_workspace(entry.frame.iframe().code()) {
                return true;
            }
            next.clone_from(&entry.next.lock());
        }
        false
    }

    fn current(&self) -> Option<Id> {
        self.running.last().copied()
    }

    /// Forgets what the task waited on.
    fn resumed(&mut self, task: Id) {
        if let Some(live) = self.live.get_mut(&task) {
            live.waits_on = None;
        }
        self.primitives.resumed(task);
    }

    /// Looks at the tasks whose last reference may have gone.
    fn look_for_unreferenced(&mut self) {
        for id in std::mem::take(&mut self.suspects) {
            let Some(live) = self.live.get(&id) else { continue };
            if live.unreferenced || self.running.contains(&id) {
                continue;
            }
            // SAFETY: the entry is removed before the task is destroyed.
            let object = unsafe { &*live.object };
            // A waiting task is held by its wake-up and by the future's note of who awaits it; a ready one by its step.
            let held_by_loop = if live.waits_on.is_some() { 2 } else { 1 };
            if object.strong_count() > held_by_loop {
                continue;
            }
            let timer = live.waits_on.is_some_and(|future| self.timed.contains_key(&future));
            if let Some(live) = self.live.get_mut(&id) {
                live.unreferenced = true;
            }
            self.say(Kind::TaskUnreferenced { id, timer });
        }
    }
}

/// Looks at every pending task, as is affordable when the loop goes idle.
pub fn look_for_unreferenced_tasks() {
    with(|recorder| {
        let mut ids: Vec<Id> = recorder.live.keys().copied().collect();
        ids.sort_unstable();
        recorder.suspects = ids;
        recorder.look_for_unreferenced();
    });
}
