//! Options that a file asks for itself, in comments above its first statement: `# loopscope: classic-policy, seed=3`.

use crate::workspace::{Options, Signal};

/// Applies what the comments at the top of a file ask for. Words that mean nothing are returned, to be told of.
pub fn apply(text: &str, options: &mut Options) -> Vec<String> {
    let comments = text
        .lines()
        .map(str::trim)
        .take_while(|line| line.is_empty() || line.starts_with('#'));
    let words = comments
        .filter_map(|line| line.trim_start_matches('#').trim().strip_prefix("loopscope:"))
        .flat_map(|words| words.split([',', ' ']))
        .filter(|word| !word.is_empty());
    words
        .filter(|word| !apply_word(word, options))
        .map(str::to_owned)
        .collect()
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
        Some(("slow-step", value)) => match value.strip_suffix("ms").unwrap_or(value).parse::<u32>() {
            Ok(milliseconds) => options.slow_step = u64::from(milliseconds) * 1_000_000,
            Err(_) => return false,
        },
        Some((name, value)) => return apply_to_world(name, value, options).is_some(),
    }
    true
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
    use super::apply;
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
