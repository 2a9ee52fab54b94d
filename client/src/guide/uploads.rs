//! Uploads: where the contents come from, how they are sent, and what fails how.
//!
//! # Which constructor
//!
//! | the contents are | use | another attempt |
//! |---|---|---|
//! | a file on disk | [`Upload::file`](crate::Upload::file) | opens the file again |
//! | in memory | [`Upload::bytes`](crate::Upload::bytes) | sends the same bytes |
//! | anywhere, and can be had again | [`Upload::reader`](crate::Upload::reader) | calls your function again |
//! | a stream that comes once | [`Upload::once`](crate::Upload::once) | there is none |
//!
//! ```no_run
//! use partner_client::unigox::{Client, KycDocumentType};
//! use partner_client::uuid::Uuid;
//! use partner_client::{Upload, p100};
//! use std::time::Duration;
//!
//! # async fn example(unigox: Client, p100: p100::Client, user: Uuid) -> Result<(), partner_client::Error> {
//! let selfie = Upload::file("selfie.jpg").await?;
//! unigox.upload_kyc_document(user, KycDocumentType::Selfie, selfie).timeout(Duration::from_secs(90)).await?;
//!
//! // An `Upload` is cheap to clone, because only its source is cloned and not the contents.
//! let front = Upload::file("id-front.jpg").await?;
//! let back = Upload::file("id-back.jpg").await?;
//! p100.add_kyc_files("customer-42").front_id(front.clone()).back_id(back).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Memory
//!
//! Files and readers are streamed in pieces of up to 64 KiB; nothing holds a whole file, however large it is. `bytes`
//! holds what you gave it, once, and clones share it. So take files from disk as files, and pass on what comes in
//! instead of collecting it.
//!
//! # Lengths
//!
//! `file` and `bytes` know theirs; a file's is taken when the `Upload` is made. For the others you give it, or `None`,
//! and then the body is sent in chunks, which not every server takes. **Give it where you can**, for another reason,
//! too: contents that turn out shorter or longer than announced fail the call. Without a length, a source that ends
//! early looks like one that is complete, and half a document is accepted.
//!
//! That matters most for contents that are passed on while they arrive:
//!
//! ```no_run
//! use partner_client::unigox::{Client, KycDocumentType};
//! use partner_client::uuid::Uuid;
//! use partner_client::Upload;
//! use tokio::io::{AsyncRead, AsyncWriteExt};
//!
//! /// Passes on what a customer sends, without keeping it.
//! async fn pass_on(
//!     unigox: Client,
//!     user: Uuid,
//!     length: u64,
//!     mut incoming: impl AsyncRead + Send + Unpin + 'static,
//! ) -> Result<(), partner_client::Error> {
//!     let (mut inlet, outlet) = tokio::io::duplex(64 * 1024);
//!     // When the customer breaks off, the outlet ends early, and the length makes that an error.
//!     tokio::spawn(async move {
//!         tokio::io::copy(&mut incoming, &mut inlet).await?;
//!         inlet.shutdown().await
//!     });
//!     let document = Upload::once("passport.jpg", Some(length), outlet);
//!     unigox.upload_kyc_document(user, KycDocumentType::PassportFront, document).await?;
//!     Ok(())
//! }
//! ```
//!
//! The pipe has another use: a reader has to be `Send + Sync`, which bodies of web servers often are not, and its
//! outlet is.
//!
//! # Names and content types
//!
//! A file is sent under its own name, and its content type is told by the extension of that name,
//! `application/octet-stream` if that tells nothing. Vendors look at both. A customer's file name may hold anything, so
//! give it one of yours:
//!
//! ```
//! use partner_client::Upload;
//!
//! let scan = Upload::bytes("IMG 0001 (Erika).HEIC", b"...".to_vec()).with_file_name("id-front.heic");
//! assert_eq!(scan.content_type(), "image/heic");
//! let statement = Upload::bytes("statement", b"...".to_vec()).with_content_type("application/pdf");
//! assert_eq!((statement.file_name(), statement.length()), ("statement", Some(3)));
//! ```
//!
//! The type is not checked against the contents. `Debug` of an `Upload` shows its type and length, not its name.
//!
//! # Retries
//!
//! Uploads are `POST`s, and follow the [same rules](super::retries): sent again when the server was not reached or says
//! that it was too much (429), not when they broke off or the response was lost. Each attempt reads the contents from
//! their start.
//!
//! [`Upload::once`](crate::Upload::once) cannot do that. Once an attempt has taken the contents, its failure is final,
//! even if the server was not reached; logs say `final_because = body_consumed`. The same `Upload`, or a clone, in another
//! call fails without anything being sent. Where the contents can be had again, prefer `reader`:
//!
//! ```no_run
//! use partner_client::Upload;
//! use std::path::PathBuf;
//!
//! /// Opens an object of your store, from its start.
//! async fn open(key: String) -> std::io::Result<tokio::fs::File> {
//!     tokio::fs::File::open(PathBuf::from("/var/store").join(key)).await
//! }
//!
//! # let length = 1;
//! let document = Upload::reader("statement.pdf", Some(length), || open("statements/42".into()));
//! ```
//!
//! A document that may have been stored and is sent again is a second copy at worst. Whether that is acceptable is for
//! you to decide; ask for the state first where it is not, with
//! [`get_verification_status`](crate::unigox::Client::get_verification_status) or
//! [`get_source_of_funds`](crate::unigox::Client::get_source_of_funds).
//!
//! # Time
//!
//! The limits of a call and of an attempt count for uploads as well, from opening the file to the end of the response,
//! and 30 seconds are short for a large file on a slow line. Set the time by the size:
//!
//! ```
//! use partner_client::Upload;
//! use std::time::Duration;
//!
//! /// Half a minute, and what the file takes at 125 kB a second.
//! fn time_for(upload: &Upload) -> Duration {
//!     Duration::from_secs(30 + upload.length().unwrap_or(16_000_000) / 125_000)
//! }
//! # assert_eq!(time_for(&Upload::bytes("a.jpg", vec![0; 250_000])).as_secs(), 32);
//! ```
//!
//! Where the client has an [`attempt_timeout`](crate::ClientBuilder::attempt_timeout), set that for the call, too.
//!
//! # What fails how
//!
//! | what happens | the error |
//! |---|---|
//! | `Upload::file` finds no file | [`Request`](crate::ErrorKind::Request), from `file` itself; the cause is the `io::Error` |
//! | the file is gone, or your function fails, when an attempt begins | `Request`; this attempt sent nothing; the cause says why |
//! | the contents of `once` were taken before | `Request`; this attempt sent nothing |
//! | the content type is none, or a form has no part | `Request`; nothing was sent |
//! | reading fails midway, or the length is not as announced | `Request`, final, may have executed if any of the body was taken by the connection; the cause says why |
//! | the vendor refuses before the end of the upload | [`Api`](crate::ErrorKind::Api), with its status and code |
//! | the connection breaks | [`Transport`](crate::ErrorKind::Transport), may have executed |
//! | opening or sending takes too long | [`Timeout`](crate::ErrorKind::Timeout); may have executed only if sending had begun |
//!
//! The error of an upload's source is never mistaken for an error of the connection to the vendor: a reader whose error
//! holds a timeout or a refused connection of its own fails the call as above, with that error as the cause.
//!
//! A file that is too large or of the wrong type is refused by the vendor: by P100 with `P440` and `P426`. For documents
//! about the source of funds, Unigox sends `INVALID_REQUEST`, with status 413, 415 or 422.
