//! `_loopscope`: what the Python side of the host asks of the engine. No program of a user is meant to import it.

#![expect(
    clippy::needless_pass_by_value,
    clippy::unwrap_used,
    reason = "functions of a native module take what the interpreter hands them, and the macro unwraps constants"
)]

use std::cell::RefCell;

use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine, builtins::PyTypeRef};

pub(crate) use _loopscope::module_def;

thread_local! {
    static STOP_RUN: RefCell<Option<PyTypeRef>> = const { RefCell::new(None) };
}

/// The exception that ends a run. It is a `BaseException`, and is raised again at every instruction.
pub(super) fn stop_run(vm: &VirtualMachine) -> PyTypeRef {
    STOP_RUN.with(|slot| {
        slot.borrow_mut()
            .get_or_insert_with(|| {
                let base = vm.ctx.exceptions.base_exception_type.to_owned();
                vm.ctx.new_exception_type("_loopscope", "StopRun", Some(vec![base]))
            })
            .clone()
    })
}

/// As much of a text in UTF-8 as fits into so many bytes without a part of a character.
fn whole_characters(text: &[u8], most: usize) -> &[u8] {
    let is_within = |at: usize| text.get(at).is_some_and(|byte| byte & 0xC0 == 0x80);
    let end = (0..=most.min(text.len())).rev().find(|at| !is_within(*at));
    &text[..end.unwrap_or(0)]
}

#[rustpython_vm::pymodule]
mod _loopscope {
    use rustpython_vm::{
        PyObject, PyObjectRef, PyRef, PyResult, VirtualMachine,
        builtins::{PyBaseException, PyBytesRef, PyCode, PyDictRef, PyStrRef},
        function::OptionalArg,
    };

    use super::super::blocking::{LOOP, future_completed, nanoseconds, task_of_step, when};
    use super::super::code::KeptForm;
    use super::super::{
        asyncio, blocking, clock, code, entropy, given, lanes, library, limits, primitives, profile, recorder,
        schedule, syntax,
    };
    use super::whole_characters;
    use crate::{
        trace::event::{CollectReason, Id, Kind, Misuse, Outcome, Stream},
        workspace::File,
    };

    #[pyattr(name = "CALENDAR_NS")]
    const CALENDAR: i64 = clock::CALENDAR_NANOSECONDS;

    // --- the clock, files and streams

    #[pyfunction]
    fn now_ns() -> u64 {
        clock::own()
    }

    #[pyfunction]
    fn monotonic() -> f64 {
        seconds(clock::own())
    }

    #[expect(clippy::cast_precision_loss, reason = "times are below 2^53")]
    fn seconds(nanoseconds: u64) -> f64 {
        nanoseconds as f64 / 1e9
    }

    #[pyfunction]
    fn sleep(duration: f64, vm: &VirtualMachine) {
        blocking::block("time.sleep".to_owned(), nanoseconds(duration), vm);
    }

    #[pyfunction]
    fn block(name: PyStrRef, duration: u64, vm: &VirtualMachine) {
        blocking::block(name.to_string(), duration, vm);
    }

    #[pyfunction]
    fn urandom(length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        entropy::fill(&mut bytes);
        bytes
    }

    #[pyfunction]
    fn write(fd: i32, data: PyBytesRef, vm: &VirtualMachine) -> usize {
        let stream = if fd == 2 { Stream::Stderr } else { Stream::Stdout };
        let bytes = data.as_bytes();
        let left = limits::output_left();
        if bytes.len() > left {
            blocking::report_cut_step(vm);
        }
        // What fits of a text that is too long is its beginning.
        let kept = whole_characters(bytes, left);
        if !kept.is_empty() {
            recorder::output(stream, &String::from_utf8_lossy(kept));
        }
        limits::spend_output(bytes.len());
        bytes.len()
    }

    #[pyfunction]
    fn stdin() -> String {
        given::workspace(|workspace| workspace.input.clone())
    }

    /// The paths of the workspace's files, in order.
    #[pyfunction]
    fn files(vm: &VirtualMachine) -> Vec<PyObjectRef> {
        let path = |file: &File| vm.ctx.new_str(file.path.as_str()).into();
        given::workspace(|workspace| workspace.files.iter().map(path).collect())
    }

    /// The text of a file of the workspace, or `None`.
    #[pyfunction]
    fn file_text(path: PyStrRef) -> Option<String> {
        given::file(path.to_str()?, str::to_owned)
    }

    /// How many bytes a file of the workspace has, or `None`.
    #[pyfunction]
    fn file_size(path: PyStrRef) -> Option<usize> {
        given::file(path.to_str()?, str::len)
    }

    #[pyfunction]
    fn environ(vm: &VirtualMachine) -> PyResult<PyDictRef> {
        let environ = vm.ctx.new_dict();
        for (name, value) in [("HOME", "/home/user"), ("PATH", "/usr/bin:/bin"), ("LANG", "C.UTF-8")] {
            environ.set_item(name, vm.ctx.new_str(value).into(), vm)?;
        }
        if debug() {
            environ.set_item("PYTHONASYNCIODEBUG", vm.ctx.new_str("1").into(), vm)?;
        }
        Ok(environ)
    }

    #[pyfunction]
    fn exit(status: i32) {
        limits::stop(if status == 0 {
            Outcome::Completed
        } else {
            Outcome::Raised { status }
        });
    }

    /// A file of a package that is no part of the library, or `None`. No path has a lone surrogate, here and below.
    #[pyfunction]
    fn package(path: PyStrRef) -> Option<String> {
        let path = path.to_str()?;
        given::wheel_file(path).or_else(|| library::package(path))
    }

    /// What a module of a package compiles to, by its path in the package and the one that programs see.
    #[pyfunction]
    fn package_code(path: PyStrRef, origin: PyStrRef, vm: &VirtualMachine) -> PyResult<Option<PyRef<PyCode>>> {
        let (Some(path), Some(origin)) = (path.to_str(), origin.to_str()) else {
            return Ok(None);
        };
        match given::wheel_file(path) {
            Some(source) => code::of_wheel(origin, &source, vm).map(Some),
            None => code::of_host(origin, || library::package(path), vm),
        }
    }

    /// The source of a library file, or `None`.
    #[pyfunction(name = "library")]
    fn library_source(path: PyStrRef) -> Option<String> {
        library::source(path.to_str()?)
    }

    /// What a library file compiles to, by its path in the library and the one that programs see.
    #[pyfunction]
    fn library_code(path: PyStrRef, origin: PyStrRef, vm: &VirtualMachine) -> PyResult<Option<PyRef<PyCode>>> {
        let (Some(path), Some(origin)) = (path.to_str(), origin.to_str()) else {
            return Ok(None);
        };
        code::of_host(origin, || library::source(path), vm)
    }

    /// The code of a function's generator form, as a run before this one has left it: false if it has none, `None` if
    /// nothing is known.
    #[pyfunction]
    fn kept_form(function: PyStrRef, vm: &VirtualMachine) -> PyObjectRef {
        match code::kept_form(function.as_ref(), vm) {
            KeptForm::Code(form) => form.into(),
            KeptForm::None => vm.ctx.new_bool(false).into(),
            KeptForm::Unknown => vm.ctx.none(),
        }
    }

    /// Leaves the code of a function's generator form, or that it has none, for the runs to come.
    #[pyfunction]
    fn keep_form(function: PyStrRef, form: PyObjectRef) {
        code::keep_form(function.as_ref(), form.downcast_ref::<PyCode>());
    }

    /// The error that `CPython` raises for a source that does not compile, or `None` if the compiler's own is right.
    #[pyfunction]
    fn better_syntax_error(
        source: PyStrRef,
        path: PyStrRef,
        vm: &VirtualMachine,
    ) -> PyResult<Option<PyRef<PyBaseException>>> {
        syntax::better_error(source.as_ref(), path.as_ref(), syntax::Start::Program, vm).transpose()
    }

    /// `compile`, `eval` or `exec`, refusing a source as `CPython` does.
    #[pyfunction]
    fn reworded(original: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        syntax::builtins::reworded(&original, vm)
    }

    // --- options

    #[pyfunction]
    fn debug() -> bool {
        given::options(|options| options.debug)
    }

    #[pyfunction]
    fn classic_policy() -> bool {
        given::options(|options| options.classic_policy)
    }

    #[pyfunction]
    fn collect_every_step() -> bool {
        given::options(|options| options.collect_every_step)
    }

    /// The virtual time at which to collect once, in nanoseconds; 0 for never.
    #[pyfunction]
    fn collect_at() -> u64 {
        given::options(|options| options.collect_at)
    }

    #[pyfunction]
    fn seed() -> u64 {
        given::options(|options| options.seed)
    }

    /// Whether durations are other than as written.
    #[pyfunction]
    fn is_varied() -> bool {
        schedule::is_varied()
    }

    /// How many seconds something takes that would take so many as written.
    #[pyfunction]
    fn stretched(duration: f64) -> f64 {
        seconds(schedule::stretched(nanoseconds(duration)))
    }

    // --- the loop

    #[pyfunction]
    fn loop_created(vm: &VirtualMachine) -> Id {
        let id = recorder::new_id();
        recorder::loop_created(id, vm);
        id
    }

    #[pyfunction]
    fn loop_started(id: Id, debug: bool, until: PyObjectRef, vm: &VirtualMachine) {
        recorder::loop_started(id, debug, asyncio::observed_id(&until), vm);
    }

    #[pyfunction]
    fn loop_stopped(id: Id) {
        recorder::say(Kind::LoopStopped { id });
    }

    #[pyfunction]
    fn loop_closed(id: Id, tasks: Vec<PyObjectRef>, vm: &VirtualMachine) {
        let mut pending: Vec<Id> = tasks.iter().filter_map(|task| asyncio::observed_id(task)).collect();
        pending.sort_unstable();
        recorder::loop_closed(id, pending, vm);
    }

    #[pyfunction]
    fn iteration(id: Id, ready: u32, timers: u32) {
        recorder::say(Kind::Iteration { id, ready, timers });
    }

    /// Moves the clock to the next timer of an idle loop.
    #[pyfunction]
    fn idle_until(id: Id, when: f64) {
        let until = nanoseconds(when);
        recorder::say(Kind::IdleUntil { id, until });
        limits::advance(until.saturating_sub(clock::now()));
        limits::flush_in_time();
    }

    /// Nothing can ever wake this loop: the run is over.
    #[pyfunction]
    fn nothing_to_wait_for(forever: bool) {
        limits::stop(if forever { Outcome::Idle } else { Outcome::Deadlocked });
    }

    #[pyfunction]
    fn before_collection() {
        recorder::look_for_unreferenced_tasks();
    }

    #[pyfunction]
    fn collected(count: u32, reason: PyStrRef) {
        let reason = match reason.to_string().as_str() {
            "idle" => CollectReason::Idle,
            "step" => CollectReason::Step,
            "exit" => CollectReason::Exit,
            _ => CollectReason::Program,
        };
        recorder::collection(count, reason);
    }

    #[pyfunction]
    fn is_step(callback: PyObjectRef) -> bool {
        task_of_step(&callback).is_some()
    }

    #[pyfunction]
    fn handle_scheduled(handle: PyObjectRef, callback: PyStrRef, vm: &VirtualMachine) {
        let id = recorder::name_handle(&handle);
        let future = future_completed(&handle, vm);
        let when = when(&handle, vm);
        // What the host's Python does is counted as the program's work: a timer is not to cost more for being asked of.
        if when.is_some()
            && let Ok(event_loop) = handle.get_attr("_loop", vm)
        {
            lanes::check_thread(&event_loop, vm);
        }
        recorder::handle_scheduled(id, callback.to_string(), when, future, vm);
    }

    #[pyfunction]
    fn handle_cancelled(handle: PyObjectRef) {
        if let Some(id) = recorder::forget_handle(&handle) {
            recorder::timer_gone(id);
            recorder::say(Kind::HandleCancelled { id });
        }
    }

    /// Raises an exception that has been raised before: its traceback goes on from where it was.
    #[pyfunction]
    fn raise_again(error: PyRef<PyBaseException>) -> PyResult<()> {
        Err(error)
    }

    /// The class whose queue of ready steps is filled without Python code.
    #[pyfunction]
    fn set_loop_class(class: rustpython_vm::builtins::PyTypeRef) {
        asyncio::set_loop_class(class);
    }

    /// Runs the first `count` of the ready handles: what they make ready stands behind them, and runs in the next turn.
    #[pyfunction]
    fn turn(event_loop: PyObjectRef, queue: PyObjectRef, count: usize, vm: &VirtualMachine) -> PyResult<()> {
        for _ in 0..count {
            let handle = asyncio::next_handle(&queue, vm)?;
            if handle.downcast_ref::<asyncio::PyReadyStep>().is_none()
                && handle.get_attr("_cancelled", vm)?.try_to_bool(vm)?
            {
                handle_cancelled(handle);
            } else {
                let waiting = queue.length(vm)?;
                run(handle, event_loop.clone(), waiting, vm)?;
            }
        }
        Ok(())
    }

    /// Runs one handle, while `ready` others wait for their turn.
    #[pyfunction]
    fn run(handle: PyObjectRef, event_loop: PyObjectRef, ready: usize, vm: &VirtualMachine) -> PyResult<()> {
        let task = match handle.downcast_ref::<asyncio::PyReadyStep>() {
            Some(step) => task_of_step(step.callback()),
            None => handle
                .get_attr("_callback", vm)
                .ok()
                .and_then(|callback| task_of_step(&callback)),
        };
        // A handle that was never scheduled through the loop's own methods has no id, and neither has a task's step.
        let known = recorder::forget_handle(&handle).filter(|_| task.is_none());
        if let Some(id) = known {
            recorder::timer_gone(id);
            recorder::handle_runs(Some(id));
        }
        LOOP.with(|slot| slot.replace(Some(event_loop)));
        profile::begin();
        let result = match handle.downcast_ref::<asyncio::PyReadyStep>() {
            Some(step) => step.run(vm),
            None => vm.call_method(&handle, "_run", ()).map(drop),
        };
        if let Some(computed) = profile::end() {
            blocking::report_work(vm, (task, known), ready, computed);
        }
        LOOP.with(std::cell::RefCell::take);
        if known.is_some() {
            recorder::handle_runs(None);
        }
        drop(handle);
        recorder::turn_taken();
        result
    }

    /// Whether a callback of a loop is being run.
    #[pyfunction]
    fn runs_handle() -> bool {
        LOOP.with(|slot| slot.borrow().is_some())
    }

    #[pyfunction]
    fn misuse(kind: PyStrRef, message: PyStrRef, vm: &VirtualMachine) {
        let misuse = match kind.to_string().as_str() {
            "closed" => Misuse::LoopClosed,
            "stopped early" => Misuse::StoppedEarly,
            "not thread-safe" => Misuse::NotThreadSafe,
            _ => Misuse::NestedLoop,
        };
        recorder::misuse(misuse, &message.to_string_lossy(), vm);
    }

    #[pyfunction]
    fn async_generator_abandoned(generator: PyObjectRef) {
        recorder::async_generator_abandoned(&generator);
    }

    // --- what is reported to nobody

    fn exception(object: &PyObject) -> Option<&rustpython_vm::Py<PyBaseException>> {
        object.downcast_ref::<PyBaseException>()
    }

    #[pyfunction]
    fn loop_exception(
        message: PyStrRef,
        error: PyObjectRef,
        task: PyObjectRef,
        future: PyObjectRef,
        handle: PyObjectRef,
        vm: &VirtualMachine,
    ) {
        let objects = (
            asyncio::observed_id(&task),
            asyncio::observed_id(&future),
            recorder::handle_id(&handle),
        );
        recorder::loop_exception(message.to_string(), exception(&error), objects, vm);
    }

    #[pyfunction]
    fn log(logger: PyStrRef, level: PyStrRef, message: PyStrRef, vm: &VirtualMachine) {
        recorder::log(logger.to_string(), level.to_string(), message.to_string(), vm);
    }

    #[pyfunction]
    fn warning(category: PyStrRef, message: PyStrRef, vm: &VirtualMachine) {
        recorder::warning(category.to_string(), message.to_string(), vm);
    }

    #[pyfunction]
    fn uncaught(error: PyRef<PyBaseException>, vm: &VirtualMachine) {
        recorder::uncaught(&error, vm);
    }

    #[pyfunction]
    fn unraisable(error: PyObjectRef, during: OptionalArg<PyStrRef>, vm: &VirtualMachine) {
        if let Some(error) = exception(&error) {
            let during = during.into_option().map_or_else(String::new, |text| text.to_string());
            recorder::unraisable(error, during, vm);
        }
    }

    /// Puts a function into the namespace of a built-in class, whose attributes Python cannot set.
    #[pyfunction]
    fn set_class_attribute(
        class: rustpython_vm::builtins::PyTypeRef,
        name: PyStrRef,
        value: PyObjectRef,
        vm: &VirtualMachine,
    ) {
        class.set_attr(vm.ctx.intern_str(name.to_string()), value);
    }

    /// Sees when a lock or semaphore is given back: `name` is the method by which it lets the next one in.
    #[pyfunction]
    fn observe_primitive(
        class: rustpython_vm::builtins::PyTypeRef,
        name: PyStrRef,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        primitives::observe(class, name.as_ref(), vm)
    }

    /// Sees when a queue is used: `name` is the method by which it wakes the next that waits.
    #[pyfunction]
    fn observe_queue(class: rustpython_vm::builtins::PyTypeRef, name: PyStrRef, vm: &VirtualMachine) -> PyResult<()> {
        primitives::observe_queue(class, name.as_ref(), vm)
    }
}

/// Runs a function of the Python side by its name, as the start-up does.
pub(super) fn call(vm: &VirtualMachine, module: &str, function: &str) -> PyResult<PyObjectRef> {
    let module = vm.import(vm.ctx.intern_str(module), 0)?;
    module.get_attr(vm.ctx.intern_str(function), vm)?.call((), vm)
}

#[cfg(test)]
mod tests {
    use super::whole_characters;

    #[test]
    fn a_cut_text_ends_with_a_whole_character() {
        let text = "aжx".as_bytes();
        let kept = |most| whole_characters(text, most);
        assert_eq!([kept(0), kept(1), kept(2)], [&b""[..], b"a", b"a"]);
        assert_eq!([kept(3), kept(4), kept(9)], ["aж".as_bytes(), text, text]);
    }
}
