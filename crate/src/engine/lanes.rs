//! `_lanes`: simulated threads, as far as Python cannot do it. The scheduler is `Lib/_scheduler.py`.
//!
//! A thread runs as a generator made of its functions (`Lib/_twins.py`), so that it can give way wherever it waits. In such
//! a generator every call is written `yield from go(function)(arguments)`: `go` finds the function's own generator form, or
//! else wraps the function so that it is called at once and its result is what `yield from` gives.

#![expect(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "functions of a native module take what the interpreter hands them, and return what it expects"
)]

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
};

use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine, builtins::PyBaseExceptionRef};

use super::{
    clock,
    profile::Turn,
    recorder::{self, Running},
    stacks,
};
use crate::trace::event::Misuse;

pub(crate) use _lanes::module_def;

/// What is known of a code object.
#[derive(Clone)]
enum Form {
    /// It cannot wait: it is called as it is.
    Plain,
    /// The function whose call makes the generator.
    Generator(PyObjectRef),
    /// The same, to be made anew for each function of this code.
    Own,
}

/// By the addresses of a function's code and of its globals, which are kept alive here.
type Forms = HashMap<(usize, usize), ([PyObjectRef; 2], Form)>;

/// What the thread that was interrupted was doing.
struct Interrupted {
    running: Running,
    turn: Turn,
    event_loop: Option<PyObjectRef>,
    running_loop: Option<PyObjectRef>,
    running_task: Option<PyObjectRef>,
    /// What it was handling.
    exception: Option<PyBaseExceptionRef>,
    is_lock_shared: bool,
}

/// The loop that waits while another thread runs, idle or in the middle of a callback.
fn waiting_loop() -> Option<PyObjectRef> {
    INTERRUPTED.with(|stack| stack.borrow().iter().find_map(|it| it.running_loop.clone()))
}

/// What asyncio's debug mode raises at such a call.
const NOT_THREAD_SAFE: &str = "Non-thread-safe operation invoked on an event loop other than the current one";

thread_local! {
    /// Whether the program has started a thread.
    static THREADS: Cell<bool> = const { Cell::new(false) };
    static FORMS: RefCell<Forms> = RefCell::default();
    /// The Python functions that make a generator form, and look into callables that are no functions.
    static MAKERS: RefCell<Option<(PyObjectRef, PyObjectRef)>> = const { RefCell::new(None) };
    static INTERRUPTED: RefCell<Vec<Interrupted>> = const { RefCell::new(Vec::new()) };
    /// The Python function that lets the other threads run, and signals arrive.
    static SHARE: RefCell<Option<PyObjectRef>> = const { RefCell::new(None) };
    /// Whether there may be anything of that kind.
    static SHARES: Cell<bool> = const { Cell::new(false) };
    /// When the main thread has last let them.
    static SHARED: Cell<u64> = const { Cell::new(0) };
}

/// How long `CPython` lets a thread keep the interpreter while others want it, in nanoseconds.
const SLICE: u64 = 5_000_000;

/// The main thread computes: if it has for a slice, the other threads run and signals arrive before it goes on.
pub(super) fn share(vm: &VirtualMachine) -> PyResult<()> {
    let is_main = INTERRUPTED.with(|stack| stack.borrow().is_empty());
    if !SHARES.get() || !is_main || clock::own() - SHARED.get() < SLICE || !stacks::is_interruptible(vm) {
        return Ok(());
    }
    let share = SHARE.with(|share| share.borrow().clone());
    share.map_or(Ok(()), |share| share.call((), vm).map(drop))?;
    SHARED.set(clock::own());
    Ok(())
}

/// Tells of a callback that is given to a loop which runs in another thread: the loop is not woken by it.
pub(super) fn check_thread(event_loop: &PyObject, vm: &VirtualMachine) {
    let is_its_own = vm
        .asyncio_running_loop
        .borrow()
        .as_ref()
        .is_some_and(|running| running.is(event_loop));
    if THREADS.get() && !is_its_own {
        let thread = event_loop.get_attr("_thread_id", vm);
        if thread.is_ok_and(|thread| !vm.is_none(&thread)) {
            recorder::misuse(Misuse::NotThreadSafe, NOT_THREAD_SAFE, vm);
        }
    }
}

/// Tells of a queue that is used outside of the loop it belongs to. One at which nobody has waited belongs to none yet: then
/// it is any loop that runs while this thread runs none.
pub(super) fn check_queue(queue: &PyObject, vm: &VirtualMachine) {
    if !THREADS.get() {
        return;
    }
    let bound = queue.get_attr("_loop", vm).ok().filter(|it| !vm.is_none(it));
    if let Some(event_loop) = bound {
        check_thread(&event_loop, vm);
        return;
    }
    let runs_none = vm.asyncio_running_loop.borrow().is_none();
    let others_run = || INTERRUPTED.with(|stack| stack.borrow().iter().any(|it| it.running_loop.is_some()));
    if runs_none && others_run() {
        recorder::misuse(Misuse::NotThreadSafe, NOT_THREAD_SAFE, vm);
    }
}

#[rustpython_vm::pymodule]
mod _lanes {
    use rustpython_vm::common::lock::PyMutex;
    use rustpython_vm::{
        AsObject, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine,
        builtins::{
            PyBaseException, PyBoundMethod, PyBytesRef, PyFunction, PyModule, PyStaticMethod, PyStrRef, PyType,
        },
        class::PyClassImpl,
        function::FuncArgs,
        observe,
        protocol::PyIterReturn,
        pyclass,
        types::{Callable, IterNext, Iterable, SelfIter},
    };

    use super::super::{blocking, clock, gil, given, limits, profile, recorder, schedule};
    use super::{
        FORMS, Form, INTERRUPTED, Interrupted, MAKERS, Running, SHARE, SHARED, SHARES, THREADS, Turn, waiting_loop,
    };
    use crate::trace::event::{Id, Kind, Outcome};

    pub(crate) fn module_exec(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
        __module_exec(vm, module);
        let _ = Plain::make_static_type();
        let _ = Pending::make_static_type();
        Ok(())
    }

    // --- calls that may give way

    /// A function that cannot give way: a call of it makes a [`Pending`].
    #[pyattr]
    #[pyclass(module = "_lanes", name = "Plain")]
    #[derive(Debug, PyPayload)]
    struct Plain {
        function: PyObjectRef,
    }

    #[pyclass(flags(DISALLOW_INSTANTIATION), with(Callable))]
    impl Plain {}

    impl Callable for Plain {
        type Args = FuncArgs;

        fn call(zelf: &Py<Self>, arguments: FuncArgs, vm: &VirtualMachine) -> PyResult {
            let pending = Pending {
                function: zelf.function.clone(),
                arguments: PyMutex::new(Some(arguments)),
            };
            Ok(pending.into_ref(&vm.ctx).into())
        }
    }

    /// A call that is made when its result is asked for. If the thread's slice is over then, others run before it.
    #[pyattr]
    #[pyclass(module = "_lanes", name = "Pending")]
    #[derive(Debug, PyPayload)]
    struct Pending {
        function: PyObjectRef,
        arguments: PyMutex<Option<FuncArgs>>,
    }

    #[pyclass(flags(DISALLOW_INSTANTIATION), with(IterNext, Iterable))]
    impl Pending {}

    impl SelfIter for Pending {}

    impl IterNext for Pending {
        fn next(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyIterReturn> {
            if clock::is_ahead() {
                return Ok(PyIterReturn::Return(vm.ctx.none()));
            }
            let arguments = zelf.arguments.lock().take().unwrap_or_default();
            let result = zelf.function.call(arguments, vm)?;
            Ok(PyIterReturn::StopIteration(Some(result)))
        }
    }

    /// Sets who lets the other threads run, and signals arrive, while the main thread computes.
    #[pyfunction]
    fn share_with(share: PyObjectRef) {
        SHARES.set(true);
        SHARE.with(|slot| *slot.borrow_mut() = Some(share));
    }

    /// Sets who makes generator forms, of functions and of other callables.
    #[pyfunction]
    fn install(make: PyObjectRef, look_into: PyObjectRef) {
        THREADS.set(true);
        MAKERS.with(|makers| *makers.borrow_mut() = Some((make, look_into)));
    }

    /// What to call in the place of a callable in a thread's generator: the result is given to `yield from`.
    #[pyfunction]
    fn go(callable: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        let callable = match callable.downcast_ref::<PyStaticMethod>() {
            Some(wrapper) => wrapper.callable.to_owned(),
            None => callable,
        };
        let form = if callable.downcast_ref::<PyFunction>().is_some() {
            form_of(&callable, vm)?
        } else if callable.downcast_ref::<PyBoundMethod>().is_some() {
            let function = callable.get_attr("__func__", vm)?;
            let form = if function.downcast_ref::<PyFunction>().is_some() {
                form_of(&function, vm)?
            } else {
                None
            };
            match form {
                Some(form) => Some(
                    PyBoundMethod::new(callable.get_attr("__self__", vm)?, form)
                        .into_ref(&vm.ctx)
                        .into(),
                ),
                None => None,
            }
        } else if callable.downcast_ref::<PyType>().is_some() {
            form_of_class(&callable, vm)?
        } else if matches!(
            &*callable.class().name(),
            "partial" | "builtin_function_or_method" | "method_descriptor"
        ) {
            let (_, look_into) = makers();
            Some(look_into.call((callable.clone(),), vm)?).filter(|form| !vm.is_none(form))
        } else {
            None
        };
        Ok(form.unwrap_or_else(|| Plain { function: callable }.into_ref(&vm.ctx).into()))
    }

    /// A class whose initialiser may wait.
    fn form_of_class(class: &PyObject, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
        let initialiser = class.get_attr("__init__", vm)?;
        if initialiser.downcast_ref::<PyFunction>().is_none() || form_of(&initialiser, vm)?.is_none() {
            return Ok(None);
        }
        let form = makers().1.call((class.to_owned(),), vm)?;
        Ok(Some(form).filter(|form| !vm.is_none(form)))
    }

    fn makers() -> (PyObjectRef, PyObjectRef) {
        MAKERS
            .with(|makers| makers.borrow().clone())
            .expect("the scheduler is installed before a thread runs")
    }

    fn form_of(function: &PyObject, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
        let parts = parts_of(function, vm)?;
        let known = FORMS.with(|forms| forms.borrow().get(&key(&parts)).map(|(_, form)| form.clone()));
        match known {
            Some(Form::Plain) => return Ok(None),
            Some(Form::Generator(form)) => return Ok(Some(form)),
            Some(Form::Own) | None => {}
        }
        // To make the form is our work, and takes no time of the program's.
        let before = clock::work_units();
        let made = makers().0.call((function.to_owned(),), vm);
        clock::forget_work(clock::work_units() - before);
        let made = made?;
        if known.is_none() {
            let form = if vm.is_none(&made) {
                Form::Plain
            } else if is_one_of_many(function, vm)? {
                Form::Own
            } else {
                Form::Generator(made.clone())
            };
            FORMS.with(|forms| forms.borrow_mut().insert(key(&parts), (parts, form)));
        }
        Ok(Some(made).filter(|form| !vm.is_none(form)))
    }

    /// A function's code and globals.
    fn parts_of(function: &PyObject, vm: &VirtualMachine) -> PyResult<[PyObjectRef; 2]> {
        Ok([
            function.get_attr("__code__", vm)?,
            function.get_attr("__globals__", vm)?,
        ])
    }

    fn key([code, globals]: &[PyObjectRef; 2]) -> (usize, usize) {
        (code.get_id(), globals.get_id())
    }

    /// Whether other functions of the same code and globals may close over other variables, or have other defaults.
    fn is_one_of_many(function: &PyObject, vm: &VirtualMachine) -> PyResult<bool> {
        for name in ["__closure__", "__defaults__", "__kwdefaults__"] {
            let value = function.get_attr(name, vm)?;
            if !vm.is_none(&value) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Gives a function the generator form that was written for it.
    #[pyfunction]
    fn set_form(function: PyObjectRef, form: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        let function = match function.downcast_ref::<PyStaticMethod>() {
            Some(wrapper) => wrapper.callable.to_owned(),
            None => function,
        };
        let parts = parts_of(&function, vm)?;
        FORMS.with(|forms| forms.borrow_mut().insert(key(&parts), (parts, Form::Generator(form))));
        Ok(())
    }

    /// A callback that is no task's step is given to a loop.
    #[pyfunction]
    fn check_thread(event_loop: PyObjectRef, vm: &VirtualMachine) {
        super::check_thread(&event_loop, vm);
    }

    // --- whose turn it is

    /// Another thread runs from here on, with the loop that runs in it, and the interpreter that it shares or has for itself.
    #[pyfunction]
    fn enter(id: Id, running_loop: PyObjectRef, shares_interpreter: bool, slice: u64, vm: &VirtualMachine) {
        let running_loop = vm.option_if_none(running_loop);
        let interrupted = Interrupted {
            running: recorder::swap_running(Running::default()),
            turn: profile::swap(Turn::default()),
            event_loop: blocking::swap_loop(None),
            running_loop: vm.asyncio_running_loop.replace(running_loop),
            running_task: vm.asyncio_running_task.replace(None),
            exception: vm.current_exception(),
            is_lock_shared: gil::share(shares_interpreter),
        };
        vm.set_exception(None);
        INTERRUPTED.with(|stack| stack.borrow_mut().push(interrupted));
        recorder::say(Kind::ThreadSwitched { id });
        clock::begin_stretch(slice);
    }

    /// The thread gives way to the one with this id, in whose place it ran. Returned are the loop that runs in it, and the
    /// nanoseconds by which it was ahead of the clock.
    #[pyfunction]
    fn leave(id: Id, vm: &VirtualMachine) -> (PyObjectRef, u64) {
        gil::tell(waiting_loop().as_deref(), vm);
        let ahead = clock::end_stretch();
        let running_loop = vm.asyncio_running_loop.borrow().clone();
        if let Some(interrupted) = INTERRUPTED.with(|stack| stack.borrow_mut().pop()) {
            let _ = recorder::swap_running(interrupted.running);
            profile::swap(interrupted.turn);
            blocking::swap_loop(interrupted.event_loop);
            vm.asyncio_running_loop.replace(interrupted.running_loop);
            vm.asyncio_running_task.replace(interrupted.running_task);
            vm.set_exception(interrupted.exception);
            gil::share(interrupted.is_lock_shared);
        }
        SHARED.set(clock::own());
        recorder::say(Kind::ThreadSwitched { id });
        (vm.unwrap_or_none(running_loop), ahead)
    }

    /// The running thread waits within a call that cannot give way: others run meanwhile. Returned are the nanoseconds by
    /// which it was ahead.
    #[pyfunction]
    fn pause_stretch(vm: &VirtualMachine) -> u64 {
        gil::tell(waiting_loop().as_deref(), vm);
        clock::end_stretch()
    }

    #[pyfunction]
    fn resume_stretch(slice: u64) {
        clock::begin_stretch(slice);
    }

    #[pyfunction]
    fn is_ahead() -> bool {
        clock::is_ahead()
    }

    /// Work counted so far, in virtual nanoseconds.
    #[pyfunction]
    fn work_ns() -> u64 {
        clock::work_units() / clock::UNITS_PER_NANOSECOND
    }

    #[pyfunction]
    fn now() -> u64 {
        clock::now()
    }

    /// Native code has computed for so long, without the interpreter: beside the others if it was in a thread, else in
    /// their way.
    #[pyfunction]
    fn computed(nanoseconds: u64) {
        let is_main = INTERRUPTED.with(|stack| stack.borrow().is_empty());
        if is_main {
            observe::spend(nanoseconds.saturating_mul(clock::UNITS_PER_NANOSECOND));
        } else {
            limits::advance(nanoseconds);
        }
    }

    /// Moves the clock to a moment, for which the idle loops of these ids waited.
    #[pyfunction]
    fn advance_to(moment: u64, loops: Vec<Id>) {
        let now = clock::now();
        if moment > now {
            for id in loops {
                recorder::say(Kind::IdleUntil { id, until: moment });
            }
            limits::advance(moment - now);
            limits::flush_in_time();
        }
    }

    /// Nothing can end what everyone waits for.
    #[pyfunction]
    fn deadlocked() {
        limits::stop(Outcome::Deadlocked);
    }

    #[pyfunction]
    fn new_id() -> Id {
        recorder::new_id()
    }

    // --- the world outside

    /// Latency, bandwidth, loss and the moment of the disconnection, as [`crate::workspace::Network`] tells them.
    #[pyfunction]
    fn network() -> (u64, u64, u32, u64) {
        given::options(|options| {
            let network = &options.network;
            (network.latency, network.bandwidth, network.loss, network.disconnect)
        })
    }

    /// How many nanoseconds something takes that would take so many as written.
    #[pyfunction]
    fn stretched(nanoseconds: u64) -> u64 {
        schedule::stretched(nanoseconds)
    }

    /// The numbers and moments of the signals that the run is sent.
    #[pyfunction]
    fn signals(vm: &VirtualMachine) -> Vec<PyObjectRef> {
        let signals = given::options(|options| options.signals.clone());
        let pair = |(number, time): (u32, u64)| vm.new_tuple((number, time)).into();
        signals.into_iter().map(|it| pair((it.number, it.time))).collect()
    }

    /// What the program has left in a file.
    #[pyfunction]
    fn file_left(path: PyStrRef, data: PyBytesRef) {
        const MOST: usize = 64 << 10;
        let data = data.as_bytes();
        let text = std::str::from_utf8(data).ok().map(|text| {
            let end = (0..=MOST.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
            text[..end.unwrap_or(0)].to_owned()
        });
        recorder::say(Kind::FileLeft {
            path: path.to_string(),
            size: u32::try_from(data.len()).unwrap_or(u32::MAX),
            text,
        });
    }

    // --- what is told

    #[pyfunction]
    fn thread_started(id: Id, name: PyStrRef, function: PyStrRef, daemon: bool, vm: &VirtualMachine) {
        recorder::say_at(vm, |at| Kind::ThreadStarted {
            id,
            name: name.to_string(),
            function: function.to_string(),
            daemon,
            at,
        });
    }

    #[pyfunction]
    fn thread_ended(id: Id) {
        recorder::say(Kind::ThreadEnded { id });
    }

    #[pyfunction]
    fn thread_blocked(id: Id, on: PyStrRef, vm: &VirtualMachine) {
        recorder::say_at(vm, |at| Kind::ThreadBlocked {
            id,
            on: on.to_string(),
            at,
        });
    }

    #[pyfunction]
    fn thread_resumed(id: Id) {
        recorder::say(Kind::ThreadResumed { id });
    }

    #[pyfunction]
    fn thread_failed(id: Id, error: PyRef<PyBaseException>, vm: &VirtualMachine) {
        recorder::thread_failed(id, &error, vm);
    }

    /// A call that blocked its thread since `start` has returned.
    #[pyfunction]
    fn blocked_since(name: PyStrRef, start: u64, vm: &VirtualMachine) {
        blocking::report_block(name.to_string(), start, vm);
    }
}
