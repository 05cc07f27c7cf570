//! The recorder: turns what happens in the interpreter into events.
//!
//! **It never perturbs.** It retrieves no exception, keeps no object of the program alive, runs no Python code, and
//! changes no order. Whatever it needs to know of an object it reads at once and stores as numbers and text.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
};

use rustpython_vm::{
    AsObject, Py, PyObject, PyRef, VirtualMachine,
    builtins::{PyBaseException, PyCode, PyCoroutine},
};

use super::{
    clock, describe, limits,
    stacks::{self, News, Stacks, Walk},
};
use crate::trace::{
    encode,
    event::{
        BlockCause, CollectReason, Completion, Event, Exception, Id, Kind, Limit, Misuse, Outcome, StackId, StepEnd,
        Stream, Victim, Wait,
    },
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
    parent: Option<Id>,
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
    workspace: Vec<String>,
    /// The tasks whose steps are running, innermost last: an eager task starts within its creator's step.
    running: Vec<Id>,
    live: HashMap<Id, Live>,
    /// Tasks whose last reference may have gone in the current step.
    suspects: Vec<Id>,
    /// Coroutines by address. The entry of one that is gone may stay, until another takes its place.
    coroutines: HashMap<usize, Id>,
    /// Scheduled handles by address; an entry goes when its handle runs or is cancelled.
    handles: HashMap<usize, Id>,
    /// Primitives that tasks wait on, with the number of their waiters: an entry lives as long as one waits.
    owners: HashMap<usize, (Id, u32)>,
    waiting_on: HashMap<Id, usize>,
    /// Timers set, by handle, with the future each completes.
    timers: HashMap<Id, Option<Id>>,
    timed: HashMap<Id, u32>,
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

/// Begins a run. `workspace` are the paths of its files; `record` is false to measure what recording costs.
pub fn start(workspace: Vec<String>, record: bool, sink: Sink) {
    SINK.set(Some(sink));
    RECORDER.with(|recorder| {
        let batch = Vec::with_capacity(2 * BATCH_BYTES);
        *recorder.borrow_mut() = Recorder {
            on: record,
            workspace,
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
        let (id, news) = self
            .stacks
            .intern(walk, &|path| workspace.iter().any(|file| file == path));
        self.tell(news);
        id
    }

    fn at(&mut self, vm: &VirtualMachine) -> StackId {
        self.stack(Walk::running(vm))
    }

    fn exception(&mut self, exception: &Py<PyBaseException>, vm: &VirtualMachine) -> Exception {
        let walk = Walk::traceback(exception.__traceback__());
        let workspace = &self.workspace;
        let is_workspace = |path: &str| workspace.iter().any(|file| file == path);
        let mut news = Vec::new();
        let mut traceback = self.stacks.frames(&walk, &is_workspace, &mut news);
        let syntax = describe::syntax_error(exception, vm).filter(|place| is_workspace(&place.path));
        if let Some(place) = &syntax {
            let file = self.stacks.file(&place.path, &is_workspace, &mut news);
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
        let path = code.source_path().as_str();
        self.workspace.iter().any(|file| file == path)
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
        if let Some(address) = self.waiting_on.remove(&task)
            && let Some((_, waiters)) = self.owners.get_mut(&address)
        {
            *waiters -= 1;
            if *waiters == 0 {
                self.owners.remove(&address);
            }
        }
    }

    fn owner(&mut self, task: Id, address: usize) -> Id {
        let next = self.last_id + 1;
        let (id, waiters) = self.owners.entry(address).or_insert((next, 0));
        *waiters += 1;
        let id = *id;
        self.last_id = self.last_id.max(id);
        self.waiting_on.insert(task, address);
        id
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

// --- tasks and futures, called by `asyncio` ---------------------------------------------------------------------

pub fn future_created(id: Id, class: &str, vm: &VirtualMachine) {
    with(|recorder| {
        let at = recorder.at(vm);
        let parent = recorder.current();
        recorder.say(Kind::FutureCreated {
            id,
            class: class.to_owned(),
            parent,
            at,
        });
    });
}

pub fn task_created(id: Id, task: &PyObject, name: &str, coroutine: &PyObject, eager: bool, vm: &VirtualMachine) {
    with(|recorder| {
        let at = recorder.at(vm);
        let parent = recorder.current();
        let known = recorder.coroutines.get(&stacks::address(coroutine)).copied();
        recorder.live.insert(
            id,
            Live {
                object: task,
                parent,
                waits_on: None,
                unreferenced: false,
            },
        );
        recorder.suspects.push(id);
        recorder.say(Kind::TaskCreated {
            id,
            name: name.to_owned(),
            function: describe::function_name(coroutine),
            coroutine: known,
            parent,
            eager,
            at,
        });
    });
}

pub fn task_renamed(id: Id, name: &str, _vm: &VirtualMachine) {
    with(|recorder| {
        recorder.say(Kind::TaskRenamed {
            id,
            name: name.to_owned(),
        });
    });
}

pub fn step_started(id: Id, woken_by: Option<Id>, cancel: bool, _vm: &VirtualMachine) {
    with(|recorder| {
        recorder.resumed(id);
        recorder.running.push(id);
        recorder.say(Kind::StepStarted { id, woken_by, cancel });
    });
}

pub fn step_suspended(id: Id, coroutine: &PyObject, on: WaitOn<'_>, _vm: &VirtualMachine) {
    with(|recorder| {
        let chain = recorder.stack(Walk::awaiting(coroutine));
        let on = match on {
            WaitOn::Yield => Wait::Yield,
            WaitOn::Future { id: future, .. } => {
                if let Some(live) = recorder.live.get_mut(&id) {
                    live.waits_on = Some(future);
                }
                let primitive = describe::primitive(coroutine);
                let owner = primitive.as_ref().map(|found| recorder.owner(id, found.address));
                Wait::Future {
                    id: future,
                    primitive: primitive.map(|found| found.class),
                    owner,
                }
            }
        };
        recorder.running.pop();
        recorder.say(Kind::StepEnded {
            id,
            end: StepEnd::Suspended { on, chain },
        });
    });
}

pub fn step_finished(id: Id, _vm: &VirtualMachine) {
    with(|recorder| {
        recorder.running.pop();
        recorder.live.remove(&id);
        let mut children: Vec<Id> = recorder
            .live
            .iter()
            .filter(|(_, live)| live.parent == Some(id))
            .map(|(child, _)| *child)
            .collect();
        children.sort_unstable();
        recorder.suspects.extend(children);
        recorder.say(Kind::StepEnded {
            id,
            end: StepEnd::Finished,
        });
    });
}

pub fn future_done(id: Id, done: Done<'_>, waited: bool, vm: &VirtualMachine) {
    with(|recorder| {
        let at = recorder.at(vm);
        let by = recorder.current();
        let completion = match done {
            Done::Result => Completion::Result,
            Done::Exception(exception) => Completion::Exception(recorder.exception(exception, vm)),
            Done::Cancelled => Completion::Cancelled,
        };
        recorder.live.remove(&id);
        recorder.say(Kind::FutureDone {
            id,
            completion,
            by,
            waited,
            at,
        });
    });
}

pub fn retrieved(id: Id, vm: &VirtualMachine) {
    with(|recorder| {
        let at = recorder.at(vm);
        let by = recorder.current();
        recorder.say(Kind::Retrieved { id, by, at });
    });
}

pub fn cancel_requested(id: Id, accepted: bool, count: u32, vm: &VirtualMachine) {
    with(|recorder| {
        let at = recorder.at(vm);
        let by = recorder.current();
        recorder.say(Kind::CancelRequested {
            id,
            by,
            accepted,
            count,
            at,
        });
    });
}

pub fn uncancelled(id: Id, count: u32, _vm: &VirtualMachine) {
    with(|recorder| recorder.say(Kind::Uncancelled { id, count }));
}

pub fn destroyed(id: Id, pending: bool, unretrieved: bool, _vm: &VirtualMachine) {
    with(|recorder| {
        recorder.resumed(id);
        recorder.live.remove(&id);
        recorder.say(Kind::Destroyed {
            id,
            pending,
            unretrieved,
        });
    });
}

/// The library's note of who awaits a future.
pub fn awaited(id: Id, by: Id, ended: bool) {
    with(|recorder| {
        recorder.say(if ended {
            Kind::NoLongerAwaited { id, by }
        } else {
            Kind::Awaited { id, by }
        });
    });
}

pub fn misuse(misuse: Misuse, message: &str, vm: &VirtualMachine) {
    with(|recorder| {
        let at = recorder.at(vm);
        let by = recorder.current();
        recorder.say(Kind::Misuse {
            misuse,
            message: message.to_owned(),
            by,
            at,
        });
    });
}

// --- coroutines, called by the interpreter ----------------------------------------------------------------------

pub fn coroutine_created(object: &PyObject, vm: &VirtualMachine) {
    let id = new_id();
    with(|recorder| {
        let at = recorder.at(vm);
        let parent = recorder.current();
        let generator = object.downcast_ref::<PyCoroutine>().is_none();
        recorder.coroutines.insert(stacks::address(object), id);
        let function = describe::function_name(object);
        recorder.say(Kind::CoroutineCreated {
            id,
            function,
            generator,
            parent,
            at,
        });
    });
}

/// The program let go of an asynchronous generator that it had begun to iterate over.
pub fn async_generator_abandoned(object: &PyObject) {
    with(|recorder| {
        if let Some(id) = recorder.coroutines.get(&stacks::address(object)).copied() {
            recorder.say(Kind::AsyncGeneratorAbandoned { id });
        }
    });
}

pub fn coroutine_dropped(object: &PyObject, never_started: bool, _vm: &VirtualMachine) {
    with(|recorder| {
        let Some(id) = recorder.coroutines.remove(&stacks::address(object)) else {
            return;
        };
        let suspended = object
            .downcast_ref::<PyCoroutine>()
            .is_some_and(|it| it.as_coro().suspended());
        if never_started {
            recorder.say(Kind::CoroutineNeverAwaited { id });
        } else if suspended {
            recorder.say(Kind::CoroutineDropped { id });
        }
    });
}

// --- the loop, called by `_loop.py` through the host module ------------------------------------------------------

pub fn loop_created(id: Id, vm: &VirtualMachine) {
    with(|recorder| {
        let at = recorder.at(vm);
        recorder.say(Kind::LoopCreated { id, at });
    });
}

pub fn loop_started(id: Id, debug: bool, until: Option<Id>, vm: &VirtualMachine) {
    with(|recorder| {
        let at = recorder.at(vm);
        recorder.say(Kind::LoopStarted { id, debug, until, at });
    });
}

pub fn loop_closed(id: Id, pending: Vec<Id>, vm: &VirtualMachine) {
    with(|recorder| {
        let at = recorder.at(vm);
        recorder.say(Kind::LoopClosed { id, pending, at });
    });
}

/// For the kinds that need nothing but themselves.
pub fn say(kind: Kind) {
    with(|recorder| recorder.say(kind));
}

pub fn handle_scheduled(id: Id, callback: String, when: Option<u64>, future: Option<Id>, vm: &VirtualMachine) {
    with(|recorder| {
        if when.is_some() {
            recorder.timers.insert(id, future);
            if let Some(future) = future {
                *recorder.timed.entry(future).or_insert(0) += 1;
            }
        }
        let at = recorder.at(vm);
        let by = recorder.current();
        recorder.say(Kind::HandleScheduled {
            id,
            callback,
            when,
            future,
            by,
            at,
        });
    });
}

/// Gives a handle its id, for as long as it is scheduled.
pub fn name_handle(handle: &PyObject) -> Id {
    let id = new_id();
    with(|recorder| recorder.handles.insert(stacks::address(handle), id));
    id
}

/// The id of a scheduled handle.
pub fn handle_id(handle: &PyObject) -> Option<Id> {
    with(|recorder| recorder.handles.get(&stacks::address(handle)).copied()).flatten()
}

/// The handle is scheduled no more: it runs now, or never.
pub fn forget_handle(handle: &PyObject) -> Option<Id> {
    with(|recorder| recorder.handles.remove(&stacks::address(handle))).flatten()
}

/// The task that waits on a future.
#[must_use]
pub fn waiter_of(future: Id) -> Option<Id> {
    with(|recorder| {
        let waits = recorder.live.iter().filter(|(_, live)| live.waits_on == Some(future));
        waits.map(|(id, _)| *id).min()
    })
    .flatten()
}

/// A timer fired or was cancelled: it keeps nothing alive any more.
pub fn timer_gone(id: Id) {
    with(|recorder| {
        if let Some(Some(future)) = recorder.timers.remove(&id)
            && let Some(count) = recorder.timed.get_mut(&future)
        {
            *count -= 1;
            if *count == 0 {
                recorder.timed.remove(&future);
            }
        }
    });
}

/// A callback other than a task's step begins or ends.
pub fn handle_runs(id: Option<Id>) {
    with(|recorder| match id {
        Some(id) => {
            recorder.handle = Some(id);
            recorder.say(Kind::HandleStarted { id });
        }
        None => {
            if let Some(id) = recorder.handle.take() {
                recorder.say(Kind::HandleEnded { id });
            }
        }
    });
}

/// A callback of the loop has run, of whatever kind.
pub fn turn_taken() {
    with(Recorder::look_for_unreferenced);
    if RECORDER.with(|recorder| recorder.try_borrow().is_ok_and(|it| it.batch.len() > BATCH_BYTES)) {
        flush();
    }
}

/// The tasks and the callback that one thread is in the middle of.
#[derive(Default)]
pub(super) struct Running {
    tasks: Vec<Id>,
    handle: Option<Id>,
}

/// Another thread runs from here on, in the middle of what it was doing when it last ran. Whom it takes over from is returned.
pub(super) fn swap_running(running: Running) -> Running {
    RECORDER.with(|recorder| match recorder.try_borrow_mut() {
        Ok(mut recorder) => Running {
            tasks: std::mem::replace(&mut recorder.running, running.tasks),
            handle: std::mem::replace(&mut recorder.handle, running.handle),
        },
        Err(_) => Running::default(),
    })
}

/// For the kinds that need nothing but themselves and the call stack.
pub fn say_at(vm: &VirtualMachine, kind: impl FnOnce(StackId) -> Kind) {
    with(|recorder| {
        let at = recorder.at(vm);
        recorder.say(kind(at));
    });
}

/// What runs now: the task whose step it is, or else the callback.
#[must_use]
pub fn running() -> (Option<Id>, Option<Id>) {
    with(|recorder| (recorder.current(), recorder.handle)).unwrap_or_default()
}

pub fn blocked(start: u64, cause: BlockCause, walk: Walk, who: (Option<Id>, Option<Id>), victims: Vec<Victim>) {
    with(|recorder| {
        let at = recorder.stack(walk);
        recorder.say(Kind::Blocked {
            start,
            cause,
            task: who.0,
            handle: who.1,
            at,
            victims,
        });
    });
}

// --- the rest of the program ------------------------------------------------------------------------------------

pub fn loop_exception(
    message: String,
    exception: Option<&Py<PyBaseException>>,
    (task, future, handle): (Option<Id>, Option<Id>, Option<Id>),
    vm: &VirtualMachine,
) {
    with(|recorder| {
        let exception = exception.map(|exception| recorder.exception(exception, vm));
        recorder.say(Kind::LoopException {
            message,
            exception,
            task,
            future,
            handle,
        });
    });
}

pub fn log(logger: String, level: String, message: String, vm: &VirtualMachine) {
    with(|recorder| {
        let at = recorder.at(vm);
        recorder.say(Kind::Log {
            logger,
            level,
            message,
            at,
        });
    });
}

pub fn warning(category: String, message: String, vm: &VirtualMachine) {
    with(|recorder| {
        let at = recorder.at(vm);
        recorder.say(Kind::Warning { category, message, at });
    });
}

/// An exception has just been given its place in a frame that runs `code`.
pub fn raised(code: &Py<PyCode>, exception: &Py<PyBaseException>, vm: &VirtualMachine) {
    let iteration = &vm.ctx.exceptions;
    let ends = [
        iteration.stop_iteration,
        iteration.stop_async_iteration,
        iteration.generator_exit,
    ];
    if ends.into_iter().any(|class| exception.fast_isinstance(class)) {
        return;
    }
    with(|recorder| {
        if !recorder.is_workspace(code) || recorder.passed_the_workspace(exception) {
            return;
        }
        let exception = recorder.exception(exception, vm);
        let by = recorder.current();
        let at = recorder.at(vm);
        recorder.say(Kind::Raised { exception, by, at });
    });
}

pub fn uncaught(exception: &PyRef<PyBaseException>, vm: &VirtualMachine) {
    with(|recorder| {
        let exception = recorder.exception(exception, vm);
        recorder.say(Kind::Uncaught { exception });
    });
}

/// An exception left the function of a simulated thread.
pub fn thread_failed(id: Id, exception: &Py<PyBaseException>, vm: &VirtualMachine) {
    with(|recorder| {
        let exception = recorder.exception(exception, vm);
        recorder.say(Kind::ThreadFailed { id, exception });
    });
}

pub fn unraisable(exception: &Py<PyBaseException>, during: String, vm: &VirtualMachine) {
    with(|recorder| {
        let exception = recorder.exception(exception, vm);
        recorder.say(Kind::Unraisable { exception, during });
    });
}

pub fn collection(collected: u32, reason: CollectReason) {
    say(Kind::Collection { collected, reason });
}

/// Output and outcome are said even when nothing else is recorded.
pub fn output(stream: Stream, text: &str) {
    RECORDER.with(|recorder| {
        if !limits::over()
            && let Ok(mut recorder) = recorder.try_borrow_mut()
        {
            let task = recorder.current();
            recorder.say(Kind::Output {
                stream,
                text: text.to_owned(),
                task,
            });
        }
    });
}

/// The last word: nothing is recorded after it.
pub fn ended(outcome: Outcome) {
    RECORDER.with(|recorder| {
        if let Ok(mut recorder) = recorder.try_borrow_mut() {
            recorder.say(Kind::Ended { outcome });
            recorder.on = false;
        }
    });
    flush();
}
