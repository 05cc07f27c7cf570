//! Coroutines and asynchronous generators, as the interpreter tells of them.

use rustpython_vm::{
    PyObject, VirtualMachine,
    builtins::{PyAsyncGen, PyCoroutine},
};

use super::{
    super::{describe, stacks},
    new_id, with,
};
use crate::trace::event::Kind;

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
        recorder.called(object, parent, at, vm);
    });
}

/// The program let go of an asynchronous generator that it had begun to iterate over.
pub fn async_generator_abandoned(object: &PyObject) {
    // Of one that was only asked for its first item, without an `await`, nothing has run.
    let begun = object
        .downcast_ref::<PyAsyncGen>()
        .is_none_or(|it| it.as_coro().frame_opt().is_none_or(|frame| frame.lasti() > 0));
    if !begun {
        return;
    }
    with(|recorder| {
        if let Some(id) = recorder.coroutines.get(&stacks::address(object)).copied() {
            recorder.say(Kind::AsyncGeneratorAbandoned { id });
        }
    });
}

pub fn coroutine_dropped(object: &PyObject, never_started: bool, _vm: &VirtualMachine) {
    with(|recorder| {
        let suspended = object
            .downcast_ref::<PyCoroutine>()
            .is_some_and(|it| it.as_coro().suspended());
        if never_started || suspended {
            recorder.dropped(object);
        }
        let Some(id) = recorder.coroutines.remove(&stacks::address(object)) else {
            return;
        };
        if never_started {
            recorder.say(Kind::CoroutineNeverAwaited { id });
        } else if suspended {
            recorder.say(Kind::CoroutineDropped { id });
        }
    });
}
