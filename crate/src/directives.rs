//! Options that a file asks for itself, in comments above its first statement: `# loopscope: classic-policy, seed=3`.

use crate::workspace::Options;

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
        Some(_) => return false,
    }
    true
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
}
