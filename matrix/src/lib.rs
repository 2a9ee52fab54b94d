//! Clients of small documents: of those in `documents`, each of which shows one construct of OpenAPI, and of the cases of the
//! matrix. The tests send their requests over a real socket, and expect the bytes that the specifications say.

#![allow(clippy::all, missing_docs, unused, unreachable_pub, reason = "everything here is generated")]

/// The client of the document with that name.
macro_rules! client {
    ($($name:ident),* $(,)?) => {
        $(
            pub mod $name {
                include!(concat!(env!("OUT_DIR"), "/", stringify!($name), "/mod.rs"));
            }
        )*
    };
}

// The clients of the matrix.
include!(concat!(env!("OUT_DIR"), "/clients.rs"));
client!(amounts, bodies, directions, headers, media, nested, open, parameters, security, servers);

partner_runtime::plumbing::call_type!();
