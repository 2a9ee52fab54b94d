//! Translates regular expressions of ECMA 262 to the syntax of the `regex` crate.
//!
//! Some constructs have different meanings in the two syntaxes. They are replaced by constructs with the meaning of
//! ECMA 262: the dot excludes all four line ends, `\d`, `\w` and `\b` are limited to ASCII, `\s` is the white space of
//! ECMA 262, and `$` is the end of the text. An automaton supports neither look-arounds nor back references, so
//! patterns with these are translated for the backtracking engine.

use std::fmt::Write;

/// A pattern in the syntax of the `regex` crate.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TranslatedPattern {
    /// The text of the translated pattern.
    pub(super) text: String,
    /// Whether only the backtracking engine can match the pattern, and not an automaton.
    pub(super) needs_backtracking: bool,
    /// The estimated number of states of the pattern's automaton. A repeated part of the pattern is counted once for
    /// each possible repetition.
    pub(super) estimated_state_count: usize,
    /// The minimum and the maximum number of characters of a matching text; `None` if the translated pattern checks the
    /// length itself.
    pub(super) length_limits: Option<(usize, Option<usize>)>,
}

/// The maximum depth of nested groups in a pattern. Patterns with deeper nesting are not checked, because the parser is
/// recursive and could overflow the stack.
pub(super) const MAX_GROUP_NESTING_DEPTH: usize = 100;

/// The estimated number of automaton states for a character class with characters beyond ASCII.
const ESTIMATED_NON_ASCII_CLASS_STATES: usize = 12;

/// The estimated number of automaton states for a character class with a Unicode property, like `\p{L}`.
const ESTIMATED_UNICODE_PROPERTY_STATES: usize = 300;

const WORD: &str = "0-9A-Za-z_";
const LINE_ENDS: &str = r"\n\r\x{2028}\x{2029}";
const SPACE: &str =
    r"\t\n\x{B}\x{C}\r\x{20}\x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x{FEFF}";

/// Translates a pattern that is valid in ECMA 262, with or without the flag `u`. Returns `None` if the `regex` crate
/// has no counterpart for a construct in the pattern, such as half of a surrogate pair, or a flag within the pattern.
pub(super) fn translate_pattern(pattern: &str, is_in_unicode_mode: bool) -> Option<TranslatedPattern> {
    let characters: Vec<char> = pattern.chars().collect();
    let groups = collect_group_names(&characters);
    let linear = Parser {
        characters: &characters,
        next: 0,
        is_in_unicode_mode,
        groups: &groups,
        entered_capturing_group_count: 0,
        targets_backtracking_engine: false,
    };
    linear.parse_whole_pattern().or_else(|| {
        let parser = Parser {
            characters: &characters,
            next: 0,
            is_in_unicode_mode,
            groups: &groups,
            entered_capturing_group_count: 0,
            targets_backtracking_engine: true,
        };
        parser.parse_whole_pattern()
    })
}

/// Returns how deeply the groups of a pattern are nested; 0 if the pattern has no groups.
pub(super) fn measure_group_nesting_depth(pattern: &str) -> usize {
    let (mut depth, mut deepest, mut in_class, mut is_escaped) = (0_usize, 0, false, false);
    for c in pattern.chars() {
        match c {
            _ if is_escaped => {}
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => depth += 1,
            ')' if !in_class => depth = depth.saturating_sub(1),
            _ => {}
        }
        is_escaped = c == '\\' && !is_escaped;
        deepest = deepest.max(depth);
    }
    deepest
}

/// Returns the names of the capturing groups in a pattern, in their order. A group without a name has an empty string
/// in the list.
fn collect_group_names(characters: &[char]) -> Vec<String> {
    let (mut groups, mut in_class, mut index) = (Vec::new(), false, 0);
    while let Some(c) = characters.get(index) {
        let after = |offset: usize| characters.get(index + offset).copied();
        match c {
            '\\' => index += 1,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class && after(1) != Some('?') => groups.push(String::new()),
            '(' if !in_class && after(2) == Some('<') && !matches!(after(3), Some('=' | '!')) => {
                groups.push(characters[index + 3..].iter().take_while(|c| **c != '>').collect());
            }
            _ => {}
        }
        index += 1;
    }
    groups
}

/// A translated part of a pattern, like a character class, a group or an anchor, with its quantifier.
#[derive(Default)]
struct PatternPart {
    text: String,
    estimated_state_count: usize,
    kind: PartKind,
}

#[derive(Default)]
enum PartKind {
    #[default]
    Other,
    /// An anchor to the start of the text (`^`).
    StartAnchor,
    /// An anchor to the end of the text (`$`).
    EndAnchor,
    /// A part of a pattern that matches exactly one character, like `a` or `[0-9]`.
    SingleCharacter,
    /// A repetition of a part that matches exactly one character.
    RepeatedCharacter { character_pattern: String, min_count: usize, max_count: Option<usize> },
    /// An assertion such as a look-ahead. Repeating it changes nothing.
    Assertion,
}

struct Parser<'p> {
    characters: &'p [char],
    next: usize,
    /// Whether the pattern is parsed in Unicode mode, as if it had the flag `u`.
    is_in_unicode_mode: bool,
    groups: &'p [String],
    /// The number of capturing groups that the parser has entered so far.
    entered_capturing_group_count: usize,
    /// Whether the pattern is translated for the backtracking engine, and not for an automaton.
    targets_backtracking_engine: bool,
}

impl Parser<'_> {
    fn parse_whole_pattern(mut self) -> Option<TranslatedPattern> {
        let alternatives = self.parse_alternatives(0)?;
        if self.next < self.characters.len() {
            return None;
        }
        // A pattern like `^[a-z]{1,5000}$` becomes `^[a-z]*$`, and the length of the text is checked separately.
        // Otherwise, the automaton would need thousands of states to count the characters.
        if let [only] = alternatives.as_slice()
            && let [start, unit, end] = only.as_slice()
            && let (
                PartKind::StartAnchor,
                PartKind::RepeatedCharacter { character_pattern: one, min_count: least, max_count: most },
                PartKind::EndAnchor,
            ) = (&start.kind, &unit.kind, &end.kind)
        {
            let (text, length_limits) = (format!(r"\A{one}*\z"), Some((*least, *most)));
            return Some(TranslatedPattern {
                text,
                needs_backtracking: false,
                estimated_state_count: ESTIMATED_UNICODE_PROPERTY_STATES,
                length_limits,
            });
        }
        let estimated_state_count = alternatives
            .iter()
            .flatten()
            .map(|part| part.estimated_state_count)
            .fold(0, usize::saturating_add);
        let text = join_alternatives(&alternatives);
        Some(TranslatedPattern {
            text,
            needs_backtracking: self.targets_backtracking_engine,
            estimated_state_count,
            length_limits: None,
        })
    }

    fn peek(&self) -> Option<char> {
        self.characters.get(self.next).copied()
    }

    fn next_char(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.next += 1;
        Some(c)
    }

    fn takes(&mut self, text: &str) -> bool {
        let fits = text.chars().enumerate().all(|(i, c)| self.characters.get(self.next + i) == Some(&c));
        if fits {
            self.next += text.chars().count();
        }
        fits
    }

    /// Reads the pattern up to and including the next character `end`, and returns the text before that character;
    /// `None` if the rest of the pattern does not contain `end`.
    fn read_until(&mut self, end: char) -> Option<String> {
        let mut text = String::new();
        loop {
            match self.next_char()? {
                c if c == end => return Some(text),
                c => text.push(c),
            }
        }
    }

    fn parse_alternatives(&mut self, depth: usize) -> Option<Vec<Vec<PatternPart>>> {
        if depth > MAX_GROUP_NESTING_DEPTH {
            return None;
        }
        let mut alternatives = vec![Vec::new()];
        while let Some(c) = self.peek() {
            match c {
                ')' => break,
                '|' => {
                    self.next += 1;
                    alternatives.push(Vec::new());
                }
                _ => {
                    let part = self.parse_quantified_part(depth)?;
                    alternatives.last_mut()?.push(part);
                }
            }
        }
        Some(alternatives)
    }

    /// Parses a part of the pattern and the quantifier after it.
    fn parse_quantified_part(&mut self, depth: usize) -> Option<PatternPart> {
        let part = self.parse_part(depth)?;
        let before = self.next;
        let Some((least, most)) = self.parse_quantifier() else {
            self.next = before;
            return Some(part);
        };
        if matches!(part.kind, PartKind::StartAnchor | PartKind::EndAnchor)
            || most.is_some_and(|most| most < least)
        {
            return None;
        }
        let lazy = if self.takes("?") { "?" } else { "" };
        // Without the flag `u`, a look-ahead may have a quantifier. The quantifier is dropped, because repeating a
        // look-ahead changes nothing. If the quantifier allows zero repetitions, the look-ahead has no effect, so the
        // empty text is matched instead. The look-ahead then stays in the pattern only so that the capturing groups
        // keep their numbers.
        if matches!(part.kind, PartKind::Assertion) {
            return match least {
                0 => Some(PatternPart { text: format!("(?:|(?!){})", part.text), ..part }),
                _ => Some(part),
            };
        }
        let times = match most {
            Some(most) => format!("{{{least},{most}}}{lazy}"),
            None => format!("{{{least},}}{lazy}"),
        };
        let count = most.unwrap_or(least.saturating_add(1)).max(1);
        let estimated_state_count = part.estimated_state_count.saturating_mul(count).saturating_add(1);
        let text = format!("(?:{}){times}", part.text);
        let kind = match part.kind {
            PartKind::SingleCharacter => PartKind::RepeatedCharacter {
                character_pattern: part.text,
                min_count: least,
                max_count: most,
            },
            _ => PartKind::Other,
        };
        Some(PatternPart { text, estimated_state_count, kind })
    }

    fn parse_quantifier(&mut self) -> Option<(usize, Option<usize>)> {
        match self.next_char()? {
            '*' => Some((0, None)),
            '+' => Some((1, None)),
            '?' => Some((0, Some(1))),
            '{' => {
                let min_count = self.parse_number()?;
                let max_count = match self.takes(",") {
                    true if self.peek() == Some('}') => None,
                    true => Some(self.parse_number()?),
                    false => Some(min_count),
                };
                self.takes("}").then_some((min_count, max_count))
            }
            _ => None,
        }
    }

    fn parse_number(&mut self) -> Option<usize> {
        let mut digits = String::new();
        while let Some(digit) = self.peek().filter(char::is_ascii_digit) {
            digits.push(digit);
            self.next += 1;
        }
        // If the number does not fit into 32 bits, the pattern is not translated, because the regex engines reject such
        // a number.
        digits.parse::<u32>().ok().and_then(|number| usize::try_from(number).ok())
    }

    fn parse_part(&mut self, depth: usize) -> Option<PatternPart> {
        let assertion = |text: &str| PatternPart {
            text: text.to_owned(),
            estimated_state_count: 1,
            kind: PartKind::Assertion,
        };
        Some(match self.next_char()? {
            '^' => PatternPart { kind: PartKind::StartAnchor, ..assertion(r"\A") },
            '$' => PatternPart { kind: PartKind::EndAnchor, ..assertion(r"\z") },
            '.' => new_class_part(&format!("[^{LINE_ENDS}]"), ESTIMATED_NON_ASCII_CLASS_STATES),
            '(' => return self.parse_group(depth),
            '[' => return self.parse_rest_of_bracket_class(),
            '\\' if self.takes("b") => match self.targets_backtracking_engine {
                false => assertion(r"(?-u:\b)"),
                true => assertion(&make_word_boundary_lookarounds("=", "!")),
            },
            // `\B` is translated to look-arounds, so the pattern needs the backtracking engine. The other engine, which
            // has no look-arounds, has a `\B` of its own, but that one also matches between two bytes of a character.
            '\\' if self.takes("B") => {
                if !self.targets_backtracking_engine {
                    return None;
                }
                assertion(&make_word_boundary_lookarounds("=", "="))
            }
            '\\' => return self.parse_escape(),
            '*' | '+' | '?' => return None,
            // A quantifier like `{2}` is an error here, because there is nothing before it that could be repeated. Any
            // other opening brace is an ordinary character.
            '{' => {
                let after = self.next;
                self.next -= 1;
                if self.parse_quantifier().is_some() {
                    return None;
                }
                self.next = after;
                new_literal_part('{')
            }
            c => new_literal_part(c),
        })
    }

    fn parse_group(&mut self, depth: usize) -> Option<PatternPart> {
        let looks = [("?=", true), ("?!", true), ("?<=", true), ("?<!", true), ("?:", false)];
        let known = looks.into_iter().find(|(start, _)| self.takes(start));
        let (start, is_look) = match known {
            Some(known) => known,
            None => {
                if self.takes("?<") {
                    self.read_until('>')?;
                } else if self.peek() == Some('?') {
                    return None;
                }
                self.entered_capturing_group_count += 1;
                // A group becomes a capturing group only in a pattern for the backtracking engine. Only back references
                // need captures, and no other engine supports back references.
                (if self.targets_backtracking_engine { "" } else { "?:" }, false)
            }
        };
        if is_look && !self.targets_backtracking_engine {
            return None;
        }
        let alternatives = self.parse_alternatives(depth + 1)?;
        if !self.takes(")") {
            return None;
        }
        let estimated_state_count = alternatives
            .iter()
            .flatten()
            .map(|part| part.estimated_state_count)
            .fold(1, usize::saturating_add);
        let text = format!("({start}{})", join_alternatives(&alternatives));
        Some(PatternPart {
            text,
            estimated_state_count,
            kind: if is_look { PartKind::Assertion } else { PartKind::Other },
        })
    }

    fn parse_escape(&mut self) -> Option<PatternPart> {
        if let Some(part) = self.parse_class_escape() {
            return Some(part);
        }
        if self.peek().is_some_and(|c| ('1'..='9').contains(&c)) {
            let before = self.next;
            let number = self.parse_number()?;
            if self.is_in_unicode_mode || number <= self.groups.len() {
                return self.translate_back_reference(number);
            }
            self.next = before;
        }
        if self.peek() == Some('k')
            && (self.is_in_unicode_mode || self.groups.iter().any(|name| !name.is_empty()))
        {
            self.next += 1;
            self.takes("<").then_some(())?;
            let name = self.read_until('>')?;
            let number = self.groups.iter().position(|group| *group == name)? + 1;
            return self.translate_back_reference(number);
        }
        self.parse_character_escape().map(new_literal_part)
    }

    /// Translates a back reference, like `\1`, to the capturing group `number`. If that group has not matched, the
    /// translated reference matches the empty text, as ECMA 262 demands.
    fn translate_back_reference(&mut self, number: usize) -> Option<PatternPart> {
        (self.targets_backtracking_engine && number <= self.groups.len()).then_some(())?;
        // A back reference that stands before its group always matches the empty text, because the group cannot have
        // matched yet.
        let replacement = if number <= self.entered_capturing_group_count {
            format!(r"(?({number})\{number}|)")
        } else {
            String::new()
        };
        Some(PatternPart { text: replacement, estimated_state_count: 1, kind: PartKind::Other })
    }

    /// Parses an escape that matches any character of a class, like `\d` for a digit; `None` for any other escape.
    fn parse_class_escape(&mut self) -> Option<PatternPart> {
        let before = self.next;
        let part = match self.next_char()? {
            'd' => new_class_part("[0-9]", 1),
            'D' => new_class_part("[^0-9]", ESTIMATED_NON_ASCII_CLASS_STATES),
            'w' => new_class_part(&format!("[{WORD}]"), 1),
            'W' => new_class_part(&format!("[^{WORD}]"), ESTIMATED_NON_ASCII_CLASS_STATES),
            's' => new_class_part(&format!("[{SPACE}]"), ESTIMATED_NON_ASCII_CLASS_STATES),
            'S' => new_class_part(&format!("[^{SPACE}]"), ESTIMATED_NON_ASCII_CLASS_STATES),
            c @ ('p' | 'P') if self.is_in_unicode_mode => {
                self.takes("{").then_some(())?;
                let name = self.read_until('}')?;
                new_class_part(&format!(r"[\{c}{{{name}}}]"), ESTIMATED_UNICODE_PROPERTY_STATES)
            }
            _ => {
                self.next = before;
                return None;
            }
        };
        Some(part)
    }

    /// Parses an escape that matches a single character.
    fn parse_character_escape(&mut self) -> Option<char> {
        let c = self.next_char()?;
        Some(match c {
            't' => '\t',
            'n' => '\n',
            'v' => '\u{B}',
            'f' => '\u{C}',
            'r' => '\r',
            '0' if !self.peek().is_some_and(|c| c.is_ascii_digit()) => '\0',
            '0'..='9' if self.is_in_unicode_mode => return None,
            '0'..='7' => self.parse_rest_of_octal_escape(c)?,
            'c' => {
                let letter = self.next_char().filter(char::is_ascii_alphabetic)?;
                char::from_u32(u32::from(letter) % 32)?
            }
            'x' => self
                .parse_hex_digits(2)
                .map_or(Some('x').filter(|_| !self.is_in_unicode_mode), char::from_u32)?,
            'u' if self.is_in_unicode_mode && self.takes("{") => {
                char::from_u32(u32::from_str_radix(&self.read_until('}')?, 16).ok()?)?
            }
            'u' => match self.parse_hex_digits(4) {
                Some(high @ 0xD800..0xDC00) => {
                    // The escape of a high surrogate has to be followed by the escape of a low surrogate. Together, the
                    // two escapes (such as `\uD83D\uDE00`) stand for a single character above U+FFFF.
                    self.takes("\\u").then_some(())?;
                    let low = self.parse_hex_digits(4)?.checked_sub(0xDC00).filter(|low| *low < 0x400)?;
                    char::from_u32(0x10000 + ((high - 0xD800) << 10) + low)?
                }
                Some(code) => char::from_u32(code)?,
                None => Some('u').filter(|_| !self.is_in_unicode_mode)?,
            },
            'k' if !self.is_in_unicode_mode && self.groups.iter().any(|name| !name.is_empty()) => {
                return None;
            }
            c => c,
        })
    }

    /// Parses the rest of an octal escape, like `\101`, whose first digit is `first`. An octal escape has up to three
    /// digits and a value of at most 255. It exists only without the flag `u`.
    fn parse_rest_of_octal_escape(&mut self, first: char) -> Option<char> {
        let mut code = first.to_digit(8)?;
        for _ in 0..2 {
            let longer = self.peek().and_then(|c| c.to_digit(8)).map(|digit| code * 8 + digit);
            let Some(longer) = longer.filter(|longer| *longer <= 0o377) else { break };
            code = longer;
            self.next += 1;
        }
        char::from_u32(code)
    }

    fn parse_hex_digits(&mut self, digits: usize) -> Option<u32> {
        let text: String = self.characters.get(self.next..self.next + digits)?.iter().collect();
        let code =
            text.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u32::from_str_radix(&text, 16).ok())??;
        self.next += digits;
        Some(code)
    }

    /// Parses the rest of a character class in brackets, like `[a-z]`, after the opening bracket.
    fn parse_rest_of_bracket_class(&mut self) -> Option<PatternPart> {
        let negated = self.takes("^");
        let (mut text, mut state_count) = (String::new(), 1);
        loop {
            match self.peek()? {
                ']' => {
                    self.next += 1;
                    break;
                }
                _ => {
                    let (item, item_states) = self.parse_class_item()?;
                    text.push_str(&item);
                    state_count = state_count.max(item_states);
                }
            }
        }
        Some(match (text.is_empty(), negated) {
            // `[]` matches no character, and `[^]` matches any. The `regex` crate has neither, so equivalent classes
            // replace them.
            (true, false) => new_class_part(r"[^\x{0}-\x{10FFFF}]", 1),
            (true, true) => new_class_part(r"[\x{0}-\x{10FFFF}]", ESTIMATED_NON_ASCII_CLASS_STATES),
            (false, false) => new_class_part(&format!("[{text}]"), state_count),
            (false, true) => {
                new_class_part(&format!("[^{text}]"), state_count.max(ESTIMATED_NON_ASCII_CLASS_STATES))
            }
        })
    }

    fn parse_class_item(&mut self) -> Option<(String, usize)> {
        let first = match self.parse_class_atom()? {
            ClassMember::Character(c) => c,
            ClassMember::ClassEscape(part) => return Some((part.text, part.estimated_state_count)),
        };
        // A hyphen means a range, like `a-z`, only between two characters. At the end of a class, and before an escape
        // like `\w`, it is an ordinary character.
        if self.peek() != Some('-') || matches!(self.characters.get(self.next + 1), None | Some(']')) {
            return Some((escape_character(first), estimate_character_states(first)));
        }
        self.next += 1;
        match self.parse_class_atom()? {
            ClassMember::Character(last) if first <= last => Some((
                format!("{}-{}", escape_character(first), escape_character(last)),
                estimate_character_states(last),
            )),
            ClassMember::Character(_) => None,
            ClassMember::ClassEscape(part) => Some((
                format!(r"{}\-{}", escape_character(first), part.text),
                part.estimated_state_count.max(ESTIMATED_NON_ASCII_CLASS_STATES),
            )),
        }
    }

    fn parse_class_atom(&mut self) -> Option<ClassMember> {
        match self.next_char()? {
            '\\' if self.takes("b") => Some(ClassMember::Character('\u{8}')),
            '\\' if self.takes("-") => Some(ClassMember::Character('-')),
            '\\' => match self.parse_class_escape() {
                Some(part) => Some(ClassMember::ClassEscape(part)),
                None => self.parse_character_escape().map(ClassMember::Character),
            },
            c => Some(ClassMember::Character(c)),
        }
    }
}

/// A member of a character class.
enum ClassMember {
    /// A single character.
    Character(char),
    /// An escape that matches any one of several characters, like `\w`.
    ClassEscape(PatternPart),
}

fn new_class_part(text: &str, state_count: usize) -> PatternPart {
    PatternPart { text: text.to_owned(), estimated_state_count: state_count, kind: PartKind::SingleCharacter }
}

fn new_literal_part(c: char) -> PatternPart {
    new_class_part(&escape_character(c), 1)
}

fn estimate_character_states(c: char) -> usize {
    if c.is_ascii() { 1 } else { ESTIMATED_NON_ASCII_CLASS_STATES }
}

/// Returns pattern text that matches exactly the character `c`, both inside and outside of a character class.
fn escape_character(c: char) -> String {
    let mut text = String::new();
    // The result is ignored, because writing to a string cannot fail.
    let _ = match c.is_ascii_alphanumeric() {
        true => write!(text, "{c}"),
        false => write!(text, r"\x{{{:X}}}", u32::from(c)),
    };
    text
}

/// Returns the look-arounds that replace `\b` (a word boundary) or `\B` (every other position) in a pattern. `behind`
/// is the condition for the character before the position, and `ahead` for the character after it: `=` demands a word
/// character, and `!` forbids one. The look-arounds match where both conditions are met, and where neither of them is
/// met.
fn make_word_boundary_lookarounds(behind: &str, ahead: &str) -> String {
    let opposite = |look: &str| if look == "=" { "!" } else { "=" };
    format!(
        "(?:(?<{behind}[{WORD}])(?{ahead}[{WORD}])|(?<{}[{WORD}])(?{}[{WORD}]))",
        opposite(behind),
        opposite(ahead)
    )
}

fn join_alternatives(alternatives: &[Vec<PatternPart>]) -> String {
    let texts = alternatives.iter().map(|parts| parts.iter().map(|part| part.text.as_str()).collect());
    texts.collect::<Vec<String>>().join("|")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linear(pattern: &str) -> Option<String> {
        translate_pattern(pattern, true)
            .filter(|translated| !translated.needs_backtracking)
            .map(|translated| translated.text)
    }

    #[test]
    fn what_means_something_else_in_the_other_syntax_is_written_out() {
        assert_eq!(linear("^a.$").as_deref(), Some(r"\Aa[^\n\r\x{2028}\x{2029}]\z"));
        assert_eq!(linear(r"\d\w\b").as_deref(), Some(r"[0-9][0-9A-Za-z_](?-u:\b)"));
        assert_eq!(linear("(a)(?<n>b)|(?:c)").as_deref(), Some("(?:a)(?:b)|(?:c)"));
        assert_eq!(linear("a+?b{2}c{3,}").as_deref(), Some("(?:a){1,}?(?:b){2,2}(?:c){3,}"));
        assert_eq!(linear(r"[a-c\d&&[]").as_deref(), Some(r"[a-c[0-9]\x{26}\x{26}\x{5B}]"));
        assert_eq!(linear(r"[^\S\u{1F600}]").as_deref(), Some(&*format!(r"[^[^{SPACE}]\x{{1F600}}]")));
        assert_eq!(linear(r"[]|[^]").as_deref(), Some(r"[^\x{0}-\x{10FFFF}]|[\x{0}-\x{10FFFF}]"));
        assert_eq!(linear("#(?i)").as_deref(), None);
    }

    #[test]
    fn what_an_automaton_cannot_do_is_left_to_the_engine_that_backtracks() {
        for pattern in ["(?=a)b", "(?<!a)b", r"(a)\1", r"(?<x>a)\k<x>", r"\B"] {
            assert!(
                translate_pattern(pattern, true).is_some_and(|translated| translated.needs_backtracking),
                "{pattern}"
            );
        }
    }

    #[test]
    fn what_has_no_counterpart_is_not_translated() {
        for pattern in
            [r"\ud83d", r"\12", r"(a)\2", "(?i:a)", "(?i)a", "a**", "(", "a)", "{2}", r"\p{L", "b{2,1}"]
        {
            assert_eq!(translate_pattern(pattern, true), None, "{pattern}");
        }
        assert_eq!(translate_pattern(&"(".repeat(100_000), true), None);
    }

    #[test]
    fn a_repeated_character_is_counted_and_everything_else_multiplies() {
        let counted = translate_pattern("^[a-z]{2,5000}$", true).unwrap();
        assert_eq!((counted.length_limits, counted.text.as_str()), (Some((2, Some(5000))), r"\A[a-z]*\z"));
        assert!(translate_pattern("^(?:[a-z]{2,5000})$", true).unwrap().estimated_state_count >= 5000);
        assert!(translate_pattern("((a{9}){9}){9}", true).unwrap().estimated_state_count >= 729);
        assert!(
            translate_pattern("((a{99999}){99999}){99999}", true).unwrap().estimated_state_count
                > 1_000_000_000
        );
    }
}
