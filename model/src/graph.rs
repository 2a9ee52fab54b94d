//! Graphs of names that refer to each other.

use std::collections::{BTreeMap, BTreeSet};

/// A graph of names: each key is a name, and its value is the list of the names that it refers to. A name that is not a
/// key has no references.
pub type NameGraph<'a> = BTreeMap<&'a str, Vec<&'a str>>;

/// Returns the names that are keys of the graph, in topological order: each name comes after the names to which it
/// refers, except for names in cycles.
pub fn sort_topologically<'a>(graph: &NameGraph<'a>) -> Vec<&'a str> {
    let mut order = Vec::with_capacity(graph.len());
    let mut seen = BTreeSet::new();
    for name in graph.keys() {
        // The loop uses a stack on the heap instead of recursion, because documents may have chains of thousands of
        // names.
        let mut stack = vec![(*name, false)];
        while let Some((name, is_done)) = stack.pop() {
            if is_done {
                order.push(name);
            } else if let Some(inner) = graph.get(name)
                && seen.insert(name)
            {
                stack.push((name, true));
                stack.extend(inner.iter().map(|inner| (*inner, false)));
            }
        }
    }
    order
}

/// Returns the names that are part of a cycle, e.g. two names that refer to each other.
pub fn find_names_in_cycles<'a>(graph: &NameGraph<'a>) -> BTreeSet<&'a str> {
    let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, inner) in graph {
        for inner in inner {
            users.entry(inner).or_default().push(name);
        }
    }
    // Kosaraju's algorithm: the outer loop takes the names in reverse postorder. From each name, the inner loop follows
    // the references backwards to all names that were not seen yet. The names that the inner loop finds are a strongly
    // connected component: each of them leads to all others. So they form cycles if there are several.
    let mut names_in_cycles = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for name in sort_topologically(graph).into_iter().rev() {
        let mut group = Vec::new();
        let mut stack = vec![name];
        while let Some(name) = stack.pop() {
            if graph.contains_key(name) && seen.insert(name) {
                group.push(name);
                stack.extend(users.get(name).into_iter().flatten());
            }
        }
        let refers_to_itself = |name: &&str| graph.get(name).is_some_and(|inner| inner.contains(name));
        if group.len() > 1 || group.first().is_some_and(refers_to_itself) {
            names_in_cycles.extend(group);
        }
    }
    names_in_cycles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_cycles_are_told_from_names_that_lead_to_cycles() {
        let graph = NameGraph::from([
            ("start", vec!["a", "nowhere"]),
            ("a", vec!["b"]),
            ("b", vec!["a", "c"]),
            ("c", vec!["end"]),
            ("own", vec!["own"]),
            ("end", vec![]),
            ("x", vec!["y"]),
            ("y", vec!["z", "end"]),
            ("z", vec!["x"]),
        ]);
        assert_eq!(find_names_in_cycles(&graph), BTreeSet::from(["a", "b", "own", "x", "y", "z"]));
    }

    #[test]
    fn what_is_referred_to_comes_first_even_at_the_end_of_a_long_chain() {
        let names: Vec<String> = (0..100_000).map(|n| format!("n{n}")).collect();
        let graph: NameGraph<'_> =
            names.windows(2).map(|pair| (pair[0].as_str(), vec![pair[1].as_str()])).collect();
        let order = sort_topologically(&graph);
        assert_eq!((order.first(), order.last()), (Some(&"n99998"), Some(&"n0")));
        assert!(find_names_in_cycles(&graph).is_empty());
    }
}
