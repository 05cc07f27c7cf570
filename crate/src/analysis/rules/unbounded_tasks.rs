//! Tasks are made faster than they end, without any limit.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    analysis::{
        diagnostic::Severity,
        rule::{Context, Metadata, Report, Rule},
        sentence::say,
        words,
    },
    trace::event::{Event, Id, Kind, Span, Wait},
};

pub(super) static METADATA: Metadata = Metadata {
    name: "unbounded-tasks",
    fault: "tasks are made without a limit to how many run at once",
    fault_ru: "задачи создаются без ограничения на их одновременное число",
    severity: Severity::Warning,
    page: include_str!("../../../rules/unbounded-tasks.md"),
};

/// A crowd that one step made is a list that somebody had: it may be this many times as large.
const LIST: usize = 10;

/// The tasks made at one line that have not ended.
#[derive(Default)]
struct Site {
    live: BTreeSet<Id>,
    /// When tasks were made there, so often as there were different moments.
    moments: u32,
    last: Option<(Option<Id>, u32)>,
    grown: bool,
    reported: usize,
}

#[derive(Default)]
pub(super) struct UnboundedTasks {
    sites: BTreeMap<Span, Site>,
    of_task: BTreeMap<Id, Span>,
    /// Steps that tasks have begun, to tell one moment from another.
    steps: u32,
    /// Of each task that was made since the loop last rested: how many before it were made at the same place, each by
    /// the one before.
    generations: BTreeMap<Id, u32>,
}

impl Rule for UnboundedTasks {
    fn event(&mut self, event: &Event, context: Context<'_>, report: &mut Report) {
        match &event.kind {
            Kind::StepStarted { .. } => self.steps += 1,
            Kind::TaskCreated { id, parent, at, .. } => {
                let Some(span) = context.state.pointed_at(*at) else {
                    return;
                };
                let site = self.sites.entry(span).or_default();
                // A new wave begins a new count.
                if site.live.is_empty() {
                    site.moments = 0;
                }
                let moment = Some((*parent, self.steps));
                if site.last != moment {
                    site.last = moment;
                    site.moments += 1;
                }
                site.live.insert(*id);
                site.grown = true;
                let before = parent.filter(|parent| self.of_task.get(parent) == Some(&span));
                let generation = before.map_or(0, |parent| self.generations.get(&parent).map_or(0, |it| it + 1));
                self.generations.insert(*id, generation);
                self.of_task.insert(*id, span);
                storm(*id, span, generation, context, report);
            }
            Kind::FutureDone { id, .. } | Kind::Destroyed { id, .. } => {
                if let Some(site) = self.of_task.remove(id).and_then(|span| self.sites.get_mut(&span)) {
                    site.live.remove(id);
                }
            }
            Kind::IdleUntil { .. } => {
                self.generations.clear();
                self.count(context, report);
            }
            Kind::Ended { .. } => self.count(context, report),
            _ => {}
        }
    }
}

impl UnboundedTasks {
    fn count(&mut self, context: Context<'_>, report: &mut Report) {
        let many = context.options.many_tasks as usize;
        for (span, site) in self.sites.iter_mut().filter(|(_, site)| site.grown) {
            site.grown = false;
            let steady = site.moments as usize >= many / 4;
            let bound = if steady { many } else { many * LIST + 1 };
            if site.live.len() < bound.max(site.reported + site.reported / 2) {
                continue;
            }
            let active = site.live.iter().filter(|id| !held_back(**id, context)).count();
            if active < bound {
                continue;
            }
            site.reported = active;
            put(*span, active, site, context, report);
        }
    }
}

/// Each task makes the next one at the same place, and the loop never comes to rest.
fn storm(id: Id, span: Span, generation: u32, context: Context<'_>, report: &mut Report) {
    let many = context.options.many_tasks;
    // The finding is revised as the storm goes on, but not with every task.
    if many == 0 || generation < many || generation != many && !generation.is_power_of_two() {
        return;
    }
    let state = context.state;
    let first = report
        .of(&METADATA)
        .any(|finding| finding.span == span.into() && finding.file == state.path(span.file));
    if first && generation == many {
        return;
    }
    report.withdraw_where(&METADATA, |finding| {
        finding.span == span.into() && finding.file == state.path(span.file)
    });
    let message = say!(
        "Each task makes the next one here: {generation} of them one after the other, and nothing ends that or lets the loop rest.",
        "Здесь каждая задача создаёт следующую: уже {generation} подряд, и ничто не прекращает этого и не даёт циклу отдыха.",
        generation = words::number(generation.into())
    );
    report.put(METADATA.finding(id, span, message, context));
}

fn put(span: Span, active: usize, site: &Site, context: Context<'_>, report: &mut Report) {
    let Some(first) = site.live.iter().next().copied() else {
        return;
    };
    let state = context.state;
    let message = say!(
        "{tasks} at once, and nothing limits how many there may be: they are made faster than they end.",
        "{tasks} одновременно, и ничто не ограничивает их число: они создаются быстрее, чем завершаются.",
        tasks = words::count(
            active as u64,
            ["task made here runs", "tasks made here run"],
            [
                "задача, созданная здесь, работает",
                "задачи, созданные здесь, работают",
                "задач, созданных здесь, работают",
            ],
        ),
    );
    // One finding a place, however large the crowd grows.
    report.withdraw_where(&METADATA, |finding| {
        finding.span == span.into() && finding.file == state.path(span.file)
    });
    let mut finding = METADATA.finding(first, span, message, context);
    if let Some(waiting) = state.tasks.get(&first).and_then(|task| task.last_wait.as_ref()) {
        let sentence = say!(
            "The oldest of them waits here, for {awaited}.",
            "Старшая из них ждёт здесь {awaited}.",
            awaited = words::awaited(state, waiting),
        );
        finding = finding.related(waiting.chain, sentence, context);
    }
    report.put(finding);
}

/// Whether a limit holds the task back: it waits for its turn at a semaphore or a lock.
fn held_back(id: Id, context: Context<'_>) -> bool {
    let waiting = context.state.tasks.get(&id).and_then(|task| task.waiting.as_ref());
    matches!(
        waiting.map(|waiting| &waiting.on),
        Some(Wait::Future { primitive: Some(primitive), .. })
            if matches!(primitive.as_str(), "Semaphore" | "BoundedSemaphore" | "Lock" | "Condition" | "Queue" | "PriorityQueue" | "LifoQueue" | "Event" | "Barrier")
    )
}
