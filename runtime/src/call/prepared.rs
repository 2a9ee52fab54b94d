//! A call with its arguments, of whatever operation.

use super::{BuiltRequest, CallOptions, Ready, RequestContext, SuccessResponse};
use crate::operation::Operation as Entry;
use crate::transport::Transport;
use crate::{Error, Response};

/// An operation: its arguments, how they become a request, and what a response is read as. Generated code implements it;
/// code over any call has it as a bound.
pub trait Operation: Clone + Send + 'static {
    /// What a success holds.
    type Response: Send + 'static;

    /// What the operation table says of it.
    const ENTRY: &'static Entry;

    #[doc(hidden)]
    fn request(self, call: &mut RequestContext) -> Result<BuiltRequest, Error>;

    #[doc(hidden)]
    fn read(response: &SuccessResponse) -> Result<Self::Response, Error>;
}

/// A call before its request is made. The type `Call` of a generated crate is a wrapper of it, because Rust allows
/// inherent methods, like the setters of optional parameters, only in the crate of the type.
#[derive(Clone)]
pub struct PreparedCall<O> {
    transport: Transport,
    /// What is set for this call alone.
    pub options: CallOptions,
    /// The arguments of the operation.
    pub arguments: O,
}

impl<O: Operation> PreparedCall<O> {
    /// A call with these arguments, and the options of its client.
    pub fn new(transport: &Transport, arguments: O) -> PreparedCall<O> {
        PreparedCall { transport: transport.clone(), options: CallOptions::default(), arguments }
    }

    /// The operation that is called.
    pub fn entry(&self) -> &'static Entry {
        O::ENTRY
    }

    /// Sends it, and reads the response.
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn send(self) -> Result<Response<O::Response>, Error> {
        self.ready()?.send(O::read).await
    }

    /// Nothing in here waits, so what waits does not keep room for it.
    fn ready(self) -> Result<Ready, Error> {
        let mut call: RequestContext = self.transport.call(O::ENTRY, self.options);
        let request = self.arguments.request(&mut call)?;
        call.ready(request)
    }
}

/// Declares the type of all calls of a crate, `Call`, once in its root.
#[doc(hidden)]
#[macro_export]
macro_rules! __call_type {
    () => {
        /// A call of an operation: sent when awaited.
        ///
        /// The methods of a client return it, with what the operation requires. What is optional is set here, and so are
        /// options of this call alone. A function over any call takes a `Call<O>` with `O: Operation`.
        #[derive(Clone)]
        #[must_use = "nothing is sent until the call is awaited"]
        pub struct Call<O>($crate::plumbing::PreparedCall<O>);

        impl<O: $crate::Operation> Call<O> {
            /// The operation that is called.
            pub fn operation(&self) -> &'static $crate::operation::Operation {
                self.0.entry()
            }

            $crate::__options!(0.options);
        }

        /// Lists that come in pages.
        impl<O: $crate::Operation> Call<O>
        where
            Self: $crate::plumbing::Paged,
        {
            /// All items of the list, page after page, as a stream. It begins where this call does, and asks for pages of
            /// the size that was set.
            pub fn items(self) -> $crate::Items<<Self as $crate::plumbing::Paged>::Item> {
                $crate::plumbing::items(self)
            }

            /// The pages of the list, each as the response that it came in, as a stream. Like [`items`](Self::items).
            pub fn pages(self) -> $crate::Pages<<Self as $crate::plumbing::Paged>::Page> {
                $crate::plumbing::pages(self)
            }
        }

        impl<O: $crate::Operation> IntoFuture for Call<O> {
            type Output = Result<$crate::Response<O::Response>, $crate::Error>;
            type IntoFuture = $crate::plumbing::BoxFuture<Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                Box::pin(self.0.send())
            }
        }

        /// Without what it carries.
        impl<O: $crate::Operation> std::fmt::Debug for Call<O> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct("Call").field("operation", &O::ENTRY.id).finish_non_exhaustive()
            }
        }
    };
}
