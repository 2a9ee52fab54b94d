//! The generated clients of small documents: of the documents in `documents`, each of which shows one construct of
//! OpenAPI, and of the cases of the matrix. The tests send requests of the clients over a real socket, and compare the
//! bytes with those that the specifications require.

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

// Includes the clients of the cases of the matrix; the build script writes this call of `include_clients!`.
include!(concat!(env!("OUT_DIR"), "/clients.rs"));
include_clients!(
    amounts, bodies, directions, headers, media, nested, open, parameters, places, security, servers
);

partner_runtime::plumbing::call_type!();
