//! What the views are given of a run: the timeline, Chrome's tracks, a moment.

use loopscope::{
    analysis::{
        moment::{Moment, Moments},
        timeline::{ArrowKind, Fate, Request, SliceState},
    },
    trace::{
        chrome,
        event::{Completion, Kind, Outcome, StepEnd},
        record::Record,
    },
};

use super::script::{LOOP, Script};

/// Two tasks: the first waits for the second, which sleeps.
fn two_tasks() -> Script {
    let mut script = Script::new("");
    script
        .task(2, "main", 1)
        .later(10)
        .start(2, false)
        .later(10)
        .task(3, "child", 2)
        .later(10);
    let chain = script.at(3);
    script.suspend(2, 3, chain).start(3, false).later(10);
    let chain = script.at(4);
    script
        .suspend(3, 9, chain)
        .push(Kind::IdleUntil { id: LOOP, until: 100 });
    script.time = 100;
    script.done(9, Completion::Result, true).later(10);
    script
        .push(Kind::StepStarted {
            id: 3,
            woken_by: Some(9),
            cancel: false,
        })
        .later(10);
    let at = script.at(1);
    script.push(Kind::FutureDone {
        id: 3,
        completion: Completion::Result,
        by: Some(3),
        waited: true,
        at,
    });
    script
        .push(Kind::StepEnded {
            id: 3,
            end: StepEnd::Finished,
        })
        .later(10);
    script
        .push(Kind::StepStarted {
            id: 2,
            woken_by: Some(3),
            cancel: false,
        })
        .later(10);
    script.finish(2, Completion::Result);
    script
}

#[test]
fn the_timeline_covers_each_lane_without_gaps() {
    let mut script = two_tasks();
    let before = script.analysis().timeline(Request::WHOLE);
    assert!(before.open.iter().all(|slice| slice.end == before.now));
    script.end(Outcome::Completed);
    let timeline = script.analysis().timeline(Request::WHOLE);
    let lanes: Vec<_> = timeline
        .lanes
        .iter()
        .map(|lane| (lane.id, lane.fate, lane.start, lane.end))
        .collect();
    let tasks = [(2, Fate::Finished, 0, Some(140)), (3, Fate::Finished, 20, Some(120))];
    assert_eq!(lanes[1..], tasks);
    for (id, _, start, end) in tasks {
        let mut at = start;
        for slice in timeline.slices.iter().filter(|slice| slice.lane == id) {
            assert_eq!(slice.start, at, "{slice:?}");
            at = slice.end;
        }
        assert_eq!(Some(at), end);
    }
    let states: Vec<_> = timeline
        .slices
        .iter()
        .filter(|slice| slice.lane == 2)
        .map(|slice| slice.state)
        .collect();
    let (running, ready) = (SliceState::Running, SliceState::Ready);
    assert_eq!(states, [ready, running, SliceState::Waiting, ready, running]);
    let arrows: Vec<_> = timeline
        .arrows
        .iter()
        .map(|arrow| (arrow.from, arrow.to, arrow.time, arrow.kind))
        .collect();
    assert_eq!(
        arrows,
        [
            (2, 3, 20, ArrowKind::Created),
            (LOOP, 3, 100, ArrowKind::Woken),
            (3, 2, 120, ArrowKind::Woken)
        ]
    );
    for arrow in &timeline.arrows {
        let slice = &timeline.slices[arrow.slice as usize];
        assert_eq!((slice.lane, slice.state), (arrow.to, SliceState::Running));
    }
    let rest = script.analysis().timeline(Request {
        from: 3,
        ..Request::WHOLE
    });
    assert_eq!(rest.slices[..], timeline.slices[3..]);
    assert!(rest.arrows.iter().all(|arrow| arrow.slice >= 3));
}

#[test]
fn chrome_gets_a_track_for_each_lane_and_a_slice_for_each_step() {
    let mut script = two_tasks();
    script.end(Outcome::Completed);
    let value = chrome::export(&script.events);
    let events = value["traceEvents"].as_array().unwrap();
    let count = |phase: &str, category: &str| {
        events
            .iter()
            .filter(|it| it["ph"] == phase && (category.is_empty() || it["cat"] == category))
            .count()
    };
    let steps = script
        .events
        .iter()
        .filter(|event| matches!(event.kind, Kind::StepStarted { .. }))
        .count();
    assert_eq!(count("X", "step"), steps);
    assert_eq!(count("X", "idle"), 1);
    assert_eq!((count("s", ""), count("f", "")), (2, 2));
    let tracks = events
        .iter()
        .filter(|it| it["ph"] == "M" && it["name"] == "thread_name")
        .count();
    assert_eq!(tracks, 3);
    for event in events {
        assert!(
            event["pid"].is_u64() && event["tid"].is_u64() && event["name"].is_string(),
            "{event}"
        );
        assert_eq!(event["ph"] == "M", event.get("ts").is_none(), "{event}");
    }
}

/// A run and the places to look at it from: the number of its events after each step of its story.
#[test]
fn a_moment_tells_who_runs_who_is_next_and_why_the_others_wait() {
    let script = two_tasks();
    let state = script.analysis();
    let record = script.events.iter().collect::<Record>();
    let mut moments = Moments::default();
    let mut at = |count: usize| moments.at(count, 0, &record, state.state());
    let named = |moment: &Moment| -> Vec<(String, SliceState)> {
        moment
            .tasks
            .iter()
            .map(|task| (task.name.clone(), task.state))
            .collect()
    };
    let end = at(script.events.len());
    assert_eq!((end.alive, end.ready_count, end.running), (0, 0, None));
    let created = script
        .events
        .iter()
        .position(|event| matches!(event.kind, Kind::TaskCreated { id: 3, .. }));
    let child = at(created.unwrap() + 1);
    let (one, two) = ("Task-1".to_owned(), "Task-2".to_owned());
    assert_eq!(
        named(&child),
        [(one.clone(), SliceState::Running), (two.clone(), SliceState::Ready)]
    );
    assert_eq!(child.ready.iter().map(|turn| turn.id).collect::<Vec<_>>(), [3]);
    let waits = script
        .events
        .iter()
        .position(|event| matches!(event.kind, Kind::StepEnded { id: 2, .. }));
    let parent = at(waits.unwrap() + 1);
    let task = parent.tasks.iter().find(|task| task.id == 2).unwrap();
    assert_eq!((task.state, task.on), (SliceState::Waiting, Some(3)));
    assert_eq!(task.until.as_ref().map(|until| until.time), Some(120));
    assert_eq!(at(0).alive, 0, "stepping back to before the first event leaves nothing");
    assert_eq!(at(created.unwrap() + 1), child, "the way there makes no difference");
}
