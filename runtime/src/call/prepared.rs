//! A call with its arguments, for any operation.

use super::attempt::ActiveCall;
use super::{BuiltRequest, CallOptions, RequestContext, SuccessResponse};
use crate::operation::Operation as Entry;
use crate::transport::Transport;
use crate::{Error, Response};

/// An operation: its arguments, how they become a request, and how its response is read.
///
/// Generated code implements it. A function that takes any call has it as a bound.
pub trait Operation: Clone + Send + 'static {
    /// The contents of a success.
    type Response: Send + 'static;

    /// Its entry in the operation table.
    const ENTRY: &'static Entry;

    #[doc(hidden)]
    fn request(self, call: &mut RequestContext) -> BuiltRequest;

    #[doc(hidden)]
    fn read(response: &SuccessResponse) -> Result<Self::Response, Error>;
}

/// A call whose request is not built yet.
///
/// The type `Call` of a generated crate wraps it. A wrapper is needed because Rust allows inherent methods, like the setters
/// of optional parameters, only in the crate that declares the type.
#[derive(Clone)]
pub struct PreparedCall<O> {
    transport: Transport,
    /// The options of this call alone.
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

    /// Sends the call, and reads the response.
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn send(self) -> Result<Response<O::Response>, Error> {
        self.activate()?.send(O::read).await
    }

    /// Builds the request. This is a function of its own so that the future of the call keeps no room for its variables.
    fn activate(self) -> Result<Box<ActiveCall>, Error> {
        let mut context = RequestContext::new(&self.transport, O::ENTRY, self.options);
        let request = self.arguments.request(&mut context);
        context.activate(request)
    }
}

/// Declares the type of all calls of a crate, `Call`, once in its root.
#[doc(hidden)]
#[macro_export]
macro_rules! __call_type {
    () => {
        /// A call of an operation: sent when awaited.
        ///
        /// The methods of a client return it, and take what the operation requires. Optional parameters and the options of
        /// this call alone are set here. A function that takes any call takes a `Call<O>` with `O: Operation`.
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

        /// Operations whose response is a page of a list.
        impl<O: $crate::Operation> Call<O>
        where
            Self: $crate::plumbing::Paged,
        {
            /// All items of the list, page after page, as a stream. It begins with the page that this call asks for, and
            /// asks for pages of the size that was set.
            pub fn items(self) -> $crate::Items<<Self as $crate::plumbing::Paged>::Item> {
                $crate::plumbing::items(self)
            }

            /// Like [`items`](Self::items), but yields the response of each page.
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

        /// Shows the operation. The arguments may be sensitive, and are not shown.
        impl<O: $crate::Operation> std::fmt::Debug for Call<O> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct("Call").field("operation", &O::ENTRY.id).finish_non_exhaustive()
            }
        }
    };
}
