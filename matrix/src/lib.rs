//! The generated clients of small documents for tests. The documents in the folder `documents` are handwritten: each
//! shows one construct of OpenAPI. All other documents are generated from the cases of the test matrix. The tests send
//! requests over a real socket, and compare the bytes with those that the specifications require.

#![allow(clippy::all, missing_docs, unused, unreachable_pub, reason = "everything here is generated")]

/// Includes the source of the generated clients with these names. Each client becomes a module with the same name.
macro_rules! include_clients {
    ($($name:ident),* $(,)?) => {
        $(
            pub mod $name {
                include!(concat!(env!("OUT_DIR"), "/", stringify!($name), "/mod.rs"));
            }
        )*
    };
}

// The build script writes `clients.rs`, a call of `include_clients!` with the names of the clients that are generated
// from the cases of the test matrix.
include!(concat!(env!("OUT_DIR"), "/clients.rs"));
include_clients!(
    amounts, bodies, directions, headers, media, nested, open, parameters, places, security, servers
);

partner_runtime::plumbing::call_type!();
