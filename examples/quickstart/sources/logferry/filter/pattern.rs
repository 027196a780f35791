// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2022 Kwame Lindqvist

//! Wildcard patterns for choosing log streams, such as `web-*.{access,error}`.

/// Expands one level of `{a,b}` groups into plain patterns.
///
/// Groups are expanded from left to right; an unmatched brace is literal.
pub fn expand_braces(pattern: &str) -> Vec<String> {
    let Some(open) = pattern.find('{') else {
        return vec![pattern.to_owned()];
    };
    let Some(length) = pattern[open..].find('}') else {
        return vec![pattern.to_owned()];
    };
    let (head, tail) = (&pattern[..open], &pattern[open + length + 1..]);
    let choices = &pattern[open + 1..open + length];
    let tails = expand_braces(tail);
    choices
        .split(',')
        .flat_map(|choice| tails.iter().map(move |rest| format!("{head}{choice}{rest}")))
        .collect()
}

/// Matches `*` (any run of characters) and `?` (exactly one character).
///
/// Runs without recursion: on a mismatch it returns to the most recent star and
/// lets it swallow one more character. Earlier stars never need revisiting.
pub fn matches(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let text: Vec<char> = text.chars().collect();
    let (mut p, mut t) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;

    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                retry = Some((p + 1, t));
                p += 1;
            }
            Some(&c) if c == '?' || c == text[t] => {
                p += 1;
                t += 1;
            }
            _ => match retry {
                Some((after_star, swallowed)) => {
                    retry = Some((after_star, swallowed + 1));
                    p = after_star;
                    t = swallowed + 1;
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|&c| c == '*')
}

/// A list of include and exclude patterns; the last one that matches decides.
#[derive(Default)]
pub struct Selector {
    rules: Vec<(bool, String)>,
}

impl Selector {
    /// Adds a rule. A leading `!` excludes what the pattern matches.
    pub fn rule(mut self, text: &str) -> Self {
        let (include, pattern) = match text.strip_prefix('!') {
            Some(rest) => (false, rest),
            None => (true, text),
        };
        self.rules.extend(expand_braces(pattern).into_iter().map(|p| (include, p)));
        self
    }

    pub fn accepts(&self, stream: &str) -> bool {
        self.rules
            .iter()
            .rev()
            .find(|(_, pattern)| matches(pattern, stream))
            .is_some_and(|(include, _)| *include)
    }
}
