//! What a file asks for itself in comments: options above its first statement (a docstring is none), as `# loopscope: classic-policy, seed=3`,
//! and silence, there or on a line, as `# loopscope: allow blocking-call, dangling-task -- the reason why`.

use crate::workspace::{Cancellation, Options, Signal};

/// Applies what the comments at the top of a file ask for. Words that mean nothing are returned, to be told of.
pub fn apply(text: &str, options: &mut Options) -> Vec<String> {
    let words = comments_at_top(text)
        .filter(|line| allowed(line).is_none())
        .filter_map(|line| line.trim_start_matches('#').trim().strip_prefix("loopscope:"))
        .flat_map(|words| words.split([',', ' ']))
        .filter(|word| !word.is_empty());
    words
        .filter(|word| !apply_word(word, options))
        .map(str::to_owned)
        .collect()
}

/// The lines of comments above the first statement. A docstring may stand among them.
fn comments_at_top(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            rest = rest.trim_start();
            let quotes = ["\"\"\"", "'''"];
            let docstring = quotes
                .into_iter()
                .find_map(|quotes| Some((quotes, rest.strip_prefix(quotes)?)));
            if let Some((quotes, inside)) = docstring {
                rest = inside.split_once(quotes)?.1;
            } else {
                let (line, below) = rest.split_once('\n').unwrap_or((rest, ""));
                rest = below;
                return line.starts_with('#').then(|| line.trim_end());
            }
        }
    })
}

/// What ends the names of an `allow`: the reason is for people.
const REASONS: &[&str] = &["--", " - ", "\u{2013}", "\u{2014}", "("];

/// The rules that a comment allows, each with the byte of the comment at which its name begins; `None` if the comment is
/// about something else. Other tools' comments may stand before it, each behind a `#` of its own.
#[must_use]
pub fn allowed(comment: &str) -> Option<Vec<(usize, &str)>> {
    comment.split('#').find_map(|part| {
        let rest = part.trim_start().strip_prefix("loopscope:")?;
        let names = rest.trim_start().strip_prefix("allow")?;
        if names.starts_with(|letter: char| letter.is_alphanumeric() || letter == '-' || letter == '_') {
            return None;
        }
        let end = REASONS.iter().filter_map(|sign| names.find(sign)).min();
        let names = &names[..end.unwrap_or(names.len())];
        let is_gap = |letter: char| letter == ',' || letter == '=' || letter == ':' || letter.is_whitespace();
        let words = names.split(is_gap).filter(|word| !word.is_empty());
        // Each word is a part of the comment, so that the difference of their addresses is its place.
        Some(
            words
                .map(|word| (word.as_ptr() as usize - comment.as_ptr() as usize, word))
                .collect(),
        )
    })
}

fn apply_word(word: &str, options: &mut Options) -> bool {
    match word.split_once('=') {
        None => match word {
            "classic-policy" => options.classic_policy = true,
            "debug" => options.debug = true,
            "collect-every-step" => options.collect_every_step = true,
            _ => return false,
        },
        Some(("seed", value)) => match value.parse() {
            Ok(seed) => options.seed = seed,
            Err(_) => return false,
        },
        Some(("schedule", value)) => match value.parse() {
            Ok(schedule) => options.schedule = schedule,
            Err(_) => return false,
        },
        Some(("collect-at", value)) => match duration(value) {
            Some(time) => options.collect_at = time,
            None => return false,
        },
        Some(("cancel", value)) => match cancellation(value) {
            Some(cancel) => options.cancel = Some(cancel),
            None => return false,
        },
        Some((name, value)) => {
            return apply_threshold(name, value, options)
                .or_else(|| apply_to_world(name, value, options))
                .is_some();
        }
    }
    true
}

/// From where on the rules have something to say: `slow-step=20ms`, `many-tasks=500`.
fn apply_threshold(name: &str, value: &str, options: &mut Options) -> Option<()> {
    // A number alone is of milliseconds.
    let time = || duration(value).or_else(|| duration(&format!("{value}ms")));
    match name {
        "short-block" => options.short_block = time()?,
        "slow-step" => options.slow_step = time()?,
        "long-step" => options.long_step = time()?,
        "many-tasks" => options.many_tasks = value.parse().ok()?,
        "busy-turns" => options.busy_turns = value.parse().ok()?,
        _ => return None,
    }
    Some(())
}

/// What the world outside the program is like: `latency=20ms`, `loss=50` of a thousand, `signal=SIGINT@2s`.
fn apply_to_world(name: &str, value: &str, options: &mut Options) -> Option<()> {
    let network = &mut options.network;
    match name {
        "latency" => network.latency = duration(value)?,
        "bandwidth" => network.bandwidth = value.parse().ok()?,
        "loss" => network.loss = value.parse().ok()?,
        "disconnect" => network.disconnect = duration(value)?,
        "signal" => {
            let (signal, time) = value.split_once('@')?;
            let number = match signal {
                "SIGHUP" => 1,
                "SIGINT" => 2,
                "SIGUSR1" => 10,
                "SIGTERM" => 15,
                number => number.parse().ok().filter(|number| (1..=64).contains(number))?,
            };
            let time = duration(time)?;
            options.signals.push(Signal { number, time });
        }
        _ => return None,
    }
    Some(())
}

/// `2:1`, the second task where it first gives control away.
#[must_use]
pub fn cancellation(text: &str) -> Option<Cancellation> {
    let (task, step) = text.split_once(':')?;
    let counted = |number: &str| number.parse().ok().filter(|number| *number > 0);
    Some(Cancellation {
        task: counted(task)?,
        step: counted(step)?,
    })
}

/// `2s`, `20ms` or `50us` in nanoseconds.
fn duration(text: &str) -> Option<u64> {
    let units = [("ms", 1_000_000), ("us", 1_000), ("ns", 1), ("s", 1_000_000_000)];
    let (number, unit) = units
        .iter()
        .find_map(|(unit, size)| Some((text.strip_suffix(unit)?, *size)))?;
    Some(u64::from(number.parse::<u32>().ok()?) * unit)
}

#[cfg(test)]
mod tests {
    use super::{allowed, apply};
    use crate::workspace::Options;

    #[test]
    fn comments_above_the_first_statement_set_options() {
        let mut options = Options::default();
        let text = "#!/usr/bin/env python\n# loopscope: classic-policy, seed=3\n\n#loopscope: slow-step=20ms nonsense\nx = 1\n# loopscope: debug\n";
        assert_eq!(apply(text, &mut options), ["nonsense"]);
        assert!(options.classic_policy && !options.debug);
        assert_eq!((options.seed, options.slow_step), (3, 20_000_000));
    }

    #[test]
    fn a_docstring_is_no_statement() {
        let mut options = Options::default();
        let text =
            "# loopscope: seed=3\n\"\"\"Waits.\n\n# loopscope: debug\n\"\"\"\n# loopscope: classic-policy\nx = 1";
        assert_eq!(apply(text, &mut options), [] as [&str; 0]);
        assert!(options.classic_policy && !options.debug && options.seed == 3);
    }

    #[test]
    fn thresholds_are_times_or_counts() {
        let mut options = Options::default();
        let text = "# loopscope: slow-step=20, long-step=2s short-block=50us, many-tasks=7, busy-turns=soon";
        assert_eq!(apply(text, &mut options), ["busy-turns=soon"]);
        let times = (options.slow_step, options.long_step, options.short_block);
        assert_eq!(times, (20_000_000, 2_000_000_000, 50_000));
        assert_eq!(
            (options.many_tasks, options.busy_turns),
            (7, Options::default().busy_turns)
        );
    }

    #[test]
    fn a_comment_may_allow_rules_and_say_why() {
        let comment = "# noqa: T201  # loopscope: allow blocking-call, dangling-task -- a demonstration";
        let names = allowed(comment).unwrap();
        assert_eq!(
            names.iter().map(|(_, name)| *name).collect::<Vec<_>>(),
            ["blocking-call", "dangling-task"]
        );
        assert!(names.iter().all(|(at, name)| comment[*at..].starts_with(name)));
        assert_eq!(allowed("# loopscope: allow"), Some(Vec::new()));
        assert_eq!(allowed("# loopscope: allowance"), None);
        assert_eq!(allowed("# allow blocking-call"), None);
    }

    #[test]
    fn silence_at_the_top_is_no_option() {
        let mut options = Options::default();
        let text = "# loopscope: allow blocking-call\n# loopscope: debug\n";
        assert!(apply(text, &mut options).is_empty());
        assert!(options.debug);
    }

    #[test]
    fn another_schedule_and_a_cancellation_are_options_too() {
        let mut options = Options::default();
        let text = "# loopscope: schedule=7, cancel=2:1, cancel=0:1, cancel=3";
        assert_eq!(apply(text, &mut options), ["cancel=0:1", "cancel=3"]);
        assert_eq!(options.schedule, 7);
        assert_eq!(options.cancel, super::cancellation("2:1"));
    }

    #[test]
    fn the_world_outside_is_an_option_too() {
        let mut options = Options::default();
        let text = "# loopscope: latency=20ms, loss=5, disconnect=3s, signal=SIGINT@2s, latency=soon";
        assert_eq!(apply(text, &mut options), ["latency=soon"]);
        let network = &options.network;
        assert_eq!(
            (network.latency, network.loss, network.disconnect),
            (20_000_000, 5, 3_000_000_000)
        );
        assert_eq!((options.signals[0].number, options.signals[0].time), (2, 2_000_000_000));
    }
}
