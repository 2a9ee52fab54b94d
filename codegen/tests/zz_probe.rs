#![allow(missing_docs)]
#[cfg(test)]
mod support { pub(crate) mod fixture;  }
#[test]
fn probe() {
    match support::fixture::generate("kitchen-sink.yaml") { Err(f) => println!("{f}"), Ok(g) => for f in g.files { println!("//////// {}\n{}\n/// SOURCE\n{}", f.module, f.signatures, f.source); } }
}
