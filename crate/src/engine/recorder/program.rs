//! The rest of the program: what it raises, logs, warns of and prints, and how it ends.

use rustpython_vm::{
    AsObject, Py, PyObject, PyRef, VirtualMachine,
    builtins::{PyBaseException, PyCode},
};

use super::{
    super::{clock, limits, stacks::Walk},
    RECORDER, flush, say, with,
};
use crate::trace::event::{CollectReason, Exception, Id, Kind, Outcome, Stream};

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

/// The loop is about to throw an exception into a coroutine, at the place where it waits. Nothing else tells of one that is
/// caught there: it is raised by no instruction.
pub fn refused(exception: &Py<PyBaseException>, coroutine: &PyObject, vm: &VirtualMachine) {
    with(|recorder| {
        let walk = Walk::awaiting(coroutine);
        let exception = Exception {
            traceback: recorder.frames(&walk),
            ..recorder.exception(exception, vm)
        };
        let by = recorder.current();
        let at = recorder.stack(walk);
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
            let work = clock::work_units() / clock::UNITS_PER_NANOSECOND;
            recorder.say(Kind::Ended { outcome, work });
            recorder.on = false;
        }
    });
    flush();
}
