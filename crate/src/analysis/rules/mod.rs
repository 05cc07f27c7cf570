//! The registry: one line a rule, in the order of the catalogue; `+ predict` for one that also looks at the source.

use super::rule::{Context, Entry};
use crate::trace::event::StackId;

macro_rules! rules {
    (@predict $module:ident) => { None };
    (@predict $module:ident $predict:ident) => { Some($module::$predict) };
    ($($module:ident::$rule:ident $(+ $predict:ident)?),* $(,)?) => {
        $(pub(in crate::analysis) mod $module;)*

        /// Every rule there is.
        pub static RULES: &[Entry] = &[$(Entry {
            metadata: &$module::METADATA,
            begin: || Box::new($module::$rule::default()),
            predict: rules!(@predict $module $($predict)?),
        }),*];
    };
}

rules![
    coroutine_never_awaited::CoroutineNeverAwaited + predict,
    coroutine_as_value::CoroutineAsValue,
    awaitable_dropped::AwaitableDropped + predict,
    coroutine_in_sync_callback::CoroutineInSyncCallback + predict,
    dangling_task::DanglingTask + predict,
    task_garbage_collected::TaskGarbageCollected,
    task_pending_at_close::TaskPendingAtClose,
    task_cancelled_at_exit::TaskCancelledAtExit,
    task_never_started::TaskNeverStarted,
    unbounded_tasks::UnboundedTasks,
    exception_never_retrieved::ExceptionNeverRetrieved,
    exception_swallowed_by_gather::ExceptionSwallowedByGather,
    exception_during_shutdown::ExceptionDuringShutdown,
    exception_in_shielded_future::ExceptionInShieldedFuture,
    exception_in_callback::ExceptionInCallback,
    exception_in_handler::ExceptionInHandler,
    system_exit_in_task::SystemExitInTask,
    blocking_call::BlockingCall + predict,
    cpu_bound_step::CpuBoundStep,
    task_never_yields::TaskNeverYields,
    sync_wait_on_own_loop::SyncWaitOnOwnLoop,
    busy_wait::BusyWait + predict,
    await_never_suspends::AwaitNeverSuspends,
    deadlock::Deadlock,
    await_cycle::AwaitCycle,
    lost_update::LostUpdate,
    assumed_order::AssumedOrder,
    cancellation_swallowed::CancellationSwallowed + predict,
    await_in_cleanup::AwaitInCleanup,
    cancel_not_awaited::CancelNotAwaited,
    unshielded_critical_section::UnshieldedCriticalSection,
    phantom_cancellation::PhantomCancellation,
    siblings_outlive_failure::SiblingsOutliveFailure,
    timeout_without_await::TimeoutWithoutAwait + predict,
    tasks_outlive_wait::TasksOutliveWait,
    timeout_misused::TimeoutMisused,
    task_group_misused::TaskGroupMisused,
    async_generator_not_closed::AsyncGeneratorNotClosed,
    yield_in_cancel_scope::YieldInCancelScope + predict,
    concurrent_anext::ConcurrentAnext,
    coroutine_reused::CoroutineReused,
    await_non_awaitable::AwaitNonAwaitable,
    wrong_async_protocol::WrongAsyncProtocol + predict,
    no_running_loop::NoRunningLoop,
    nested_event_loop::NestedEventLoop + predict,
    closed_loop_used::ClosedLoopUsed,
    cross_loop_object::CrossLoopObject,
    not_thread_safe_call::NotThreadSafeCall,
    resource_not_closed::ResourceNotClosed,
    primitive_misused::PrimitiveMisused,
    context_lost::ContextLost,
    legacy_asyncio::LegacyAsyncio + predict,
    unused_allow::UnusedAllow,
];

/// Whether a task that waits with this chain stands between two writes that belong together, and nothing would put right
/// what a cancellation would leave.
#[must_use]
pub fn stands_between_writes(chain: StackId, context: Context<'_>) -> bool {
    !unshielded_critical_section::open(chain, false, context).is_empty()
}

/// A rule by its name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Entry> {
    RULES.iter().find(|entry| entry.metadata.name == name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::RULES;

    #[test]
    fn every_rule_has_a_name_of_its_own_and_a_page_about_it() {
        let mut names = BTreeSet::new();
        for entry in RULES {
            let rule = entry.metadata;
            assert!(names.insert(rule.name), "two rules are called {}", rule.name);
            assert!(
                rule.page.starts_with(&format!("# {}\n", rule.name)),
                "the page of {} begins otherwise",
                rule.name
            );
            assert!(
                rule.page.contains("\n## По-русски\n"),
                "the page of {} has no Russian part",
                rule.name
            );
            assert!(!rule.fault.is_empty() && !rule.fault_ru.is_empty());
        }
    }
}
