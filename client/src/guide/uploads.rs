//! Uploads: the sources of the contents, how they are sent, and the errors of uploads.
//!
//! # Which constructor
//!
//! | the contents are | use | another attempt |
//! |---|---|---|
//! | a file on disk | [`Upload::from_file`](crate::Upload::from_file) | opens the file again |
//! | in memory | [`Upload::from_bytes`](crate::Upload::from_bytes) | sends the same bytes |
//! | from any source that can be opened again | [`Upload::from_reader`](crate::Upload::from_reader) | calls your function again |
//! | a stream that can be read only once | [`Upload::from_one_time_reader`](crate::Upload::from_one_time_reader) | no other attempt is made |
//!
//! ```no_run
//! use partner_client::unigox::{Client, KycDocumentType, UserUuid};
//! use partner_client::{Upload, p100};
//! use std::time::Duration;
//!
//! # async fn example(unigox: Client, p100: p100::Client, user: UserUuid) -> Result<(), partner_client::Error> {
//! let selfie = Upload::from_file("selfie.jpg").await?;
//! unigox.upload_kyc_document(user, KycDocumentType::Selfie, selfie).timeout(Duration::from_secs(90)).await?;
//!
//! // An `Upload` is cheap to clone, because only its source is cloned and not the contents.
//! let front = Upload::from_file("id-front.jpg").await?;
//! let back = Upload::from_file("id-back.jpg").await?;
//! p100.add_kyc_files(p100::ExternalUserId::from("customer-42")).front_id(front.clone()).back_id(back).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Memory
//!
//! Files and readers are streamed in pieces of up to 64 KiB; a whole file is never in memory, however large it is.
//! `from_bytes` has one copy of the contents in memory, which clones share. So upload files from disk with `from_file`,
//! and forward incoming streams instead of collecting them.
//!
//! # Lengths
//!
//! `from_file` and `from_bytes` know the length of the contents; that of a file is read when the `Upload` is made. For
//! the other sources, pass the length, or `None` if it is unknown. Without a length, the body is sent in chunks, which
//! some servers refuse. **Pass the length if you know it**, for another reason too: if the contents are shorter or
//! longer than announced, the call fails. Without a length, a source that ends early looks complete, and half a
//! document is accepted.
//!
//! The length matters most for contents that are forwarded while they are received:
//!
//! ```no_run
//! use partner_client::unigox::{Client, KycDocumentType, UserUuid};
//! use partner_client::Upload;
//! use tokio::io::{AsyncRead, AsyncWriteExt};
//!
//! /// Passes on what a customer sends, without keeping it.
//! async fn pass_on(
//!     unigox: Client,
//!     user: UserUuid,
//!     length: u64,
//!     mut incoming: impl AsyncRead + Send + Unpin + 'static,
//! ) -> Result<(), partner_client::Error> {
//!     let (mut inlet, outlet) = tokio::io::duplex(64 * 1024);
//!     // When the customer breaks off, the outlet ends early, and the length makes that an error.
//!     tokio::spawn(async move {
//!         tokio::io::copy(&mut incoming, &mut inlet).await?;
//!         inlet.shutdown().await
//!     });
//!     let document = Upload::from_one_time_reader("passport.jpg", Some(length), outlet);
//!     unigox.upload_kyc_document(user, KycDocumentType::PassportFront, document).await?;
//!     Ok(())
//! }
//! ```
//!
//! The pipe has another advantage: a reader has to be `Send + Sync`. The request bodies of web servers often are not,
//! but the reading end of the pipe is.
//!
//! # Names and content types
//!
//! By default, a file is sent with its own name. The content type is derived from the extension of the name, or is
//! `application/octet-stream` if the extension is unknown. Vendors check both. A file name from a customer may contain
//! anything, so set a name of your own:
//!
//! ```
//! use partner_client::Upload;
//!
//! let scan = Upload::from_bytes("IMG 0001 (Erika).HEIC", b"...".to_vec()).with_file_name("id-front.heic");
//! assert_eq!(scan.content_type(), "image/heic");
//! let statement = Upload::from_bytes("statement", b"...".to_vec()).with_content_type("application/pdf");
//! assert_eq!((statement.file_name(), statement.length()), ("statement", Some(3)));
//! ```
//!
//! The type is not checked against the contents. `Debug` of an `Upload` shows its type and length, not its name.
//!
//! # Retries
//!
//! Uploads are `POST`s, and follow the [same rules](super::retries): they are sent again if the server was not reached
//! or responded with 429, but not if the connection broke or the response was lost. Each attempt reads the contents
//! from their beginning.
//!
//! The contents of [`Upload::from_one_time_reader`](crate::Upload::from_one_time_reader) can be read only by one
//! attempt. The failure of that attempt is final, even if the server was not reached; logs say `final_because =
//! body_consumed`. The same `Upload`, or a clone, in another call fails without anything being sent. If the contents
//! can be opened again, prefer `from_reader`:
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
//! let document = Upload::from_reader("statement.pdf", Some(length), || open("statements/42".to_owned()));
//! ```
//!
//! Sending a document again that may already be stored creates at worst a second copy. Decide whether that is
//! acceptable. If not, request the state first, with
//! [`get_verification_status`](crate::unigox::Client::get_verification_status) or
//! [`get_source_of_funds`](crate::unigox::Client::get_source_of_funds).
//!
//! # Time
//!
//! The limits of a call and of an attempt count for uploads as well, from opening the file to the end of the response,
//! and 30 seconds may be too short for a large file on a slow connection. Derive the time from the size:
//!
//! ```
//! use partner_client::Upload;
//! use std::time::Duration;
//!
//! /// Half a minute, and what the file takes at 125 kB a second.
//! fn time_for(upload: &Upload) -> Duration {
//!     Duration::from_secs(30 + upload.length().unwrap_or(16_000_000) / 125_000)
//! }
//! # assert_eq!(time_for(&Upload::from_bytes("a.jpg", vec![0; 250_000])).as_secs(), 32);
//! ```
//!
//! If the client has an [`attempt_timeout`](crate::ClientBuilder::attempt_timeout), set the attempt timeout of the
//! call, too.
//!
//! # What fails how
//!
//! | what happens | the error |
//! |---|---|
//! | `Upload::from_file` finds no file | [`Request`](crate::ErrorKind::Request), from `from_file` itself; the cause is the `io::Error` |
//! | the file is gone, or your function fails, when an attempt begins | `Request`; this attempt sent nothing; the cause says why |
//! | the contents of a `from_one_time_reader` were taken before | `Request`; this attempt sent nothing |
//! | the content type is invalid, or a form has no part | `Request`; nothing was sent |
//! | reading fails midway, or the length is not as announced | `Request`, final, may have executed if the connection has read any of the body; the cause has the reason |
//! | the vendor refuses before the end of the upload | [`Api`](crate::ErrorKind::Api), with its status and code |
//! | the connection breaks | [`Transport`](crate::ErrorKind::Transport), may have executed |
//! | opening or sending takes too long | [`Timeout`](crate::ErrorKind::Timeout); may have executed only if sending had begun |
//!
//! The error of an upload's source is never mistaken for an error of the connection to the vendor: a reader whose error
//! holds a timeout or a refused connection of its own fails the call as above, with that error as the cause.
//!
//! A file that is too large or of the wrong type is refused by the vendor: by P100 with `FileTooLarge` and `InvalidFileType`. For
//! documents about the source of funds, Unigox sends `INVALID_REQUEST`, with status 413, 415 or 422.
