//! The registry: one line a rule, in the order of the catalogue; `+ predict` for one that also looks at the source.

use super::rule::Entry;

macro_rules! rules {
    (@predict $module:ident) => { None };
    (@predict $module:ident $predict:ident) => { Some($module::$predict) };
    ($($module:ident::$rule:ident $(+ $predict:ident)?),* $(,)?) => {
        $(mod $module;)*

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
    dangling_task::DanglingTask,
    task_garbage_collected::TaskGarbageCollected,
    task_pending_at_close::TaskPendingAtClose,
    task_never_started::TaskNeverStarted,
    exception_never_retrieved::ExceptionNeverRetrieved,
    blocking_call::BlockingCall + predict,
    cpu_bound_step::CpuBoundStep,
    deadlock::Deadlock,
    cancellation_swallowed::CancellationSwallowed,
    no_running_loop::NoRunningLoop,
    closed_loop_used::ClosedLoopUsed,
];

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
