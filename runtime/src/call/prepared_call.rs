//! A call whose request is not built yet: the options of the call, and the arguments of the called operation.

use super::attempt::ActiveCall;
use super::{CallOptions, RequestBuildResult, RequestContext, SuccessResponse};
use crate::operation::OperationEntry as Entry;
use crate::transport::Transport;
use crate::{Error, Response};

/// An operation with its arguments. It builds a request from the arguments, and reads the response to it.
///
/// Generated code declares one type for each operation. A function that accepts calls of any operation has a type
/// parameter with this trait as its bound.
pub trait Operation: Clone + Send + 'static {
    /// The type of the data in a successful response.
    type Response: Send + 'static;

    /// The operation's entry in the generated table of operations.
    const ENTRY: &'static Entry;

    #[doc(hidden)]
    fn request(self, call: &mut RequestContext) -> RequestBuildResult;

    #[doc(hidden)]
    fn read(response: &SuccessResponse) -> Result<Self::Response, Error>;
}

/// A call that is prepared, but not sent. Its request is built when the call is sent.
///
/// The type `Call` of a generated crate wraps this type. The wrapper is needed because Rust allows inherent methods,
/// like the setters of optional parameters, only in the crate that declares the type.
#[derive(Clone)]
pub struct PreparedCall<O> {
    transport: Transport,
    /// The options that were set for this call. They override those of the client.
    pub options: CallOptions,
    /// The arguments of the operation.
    pub arguments: O,
}

impl<O: Operation> PreparedCall<O> {
    /// Prepares a call with these arguments, without sending a request. The call has no options of its own, so it uses
    /// the options of the client.
    pub fn new(transport: &Transport, arguments: O) -> PreparedCall<O> {
        PreparedCall { transport: transport.clone(), options: CallOptions::default(), arguments }
    }

    /// Returns the called operation's entry in the generated table of operations.
    pub fn operation_entry(&self) -> &'static Entry {
        O::ENTRY
    }

    /// Sends the call, and reads the response.
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn send(self) -> Result<Response<O::Response>, Error> {
        self.into_active_call()?.send_and_read(O::read).await
    }

    /// Builds the request, and returns a call that is ready to be sent. This function is separate from `send`, so that
    /// the future of a call reserves no space for the local variables of this function.
    fn into_active_call(self) -> Result<Box<ActiveCall>, Error> {
        let mut context = RequestContext::new(&self.transport, O::ENTRY, self.options);
        let request = self.arguments.request(&mut context);
        context.into_active_call(request)
    }
}

/// Declares the type `Call` of a generated crate. The crate calls this macro once, in its root.
#[doc(hidden)]
#[macro_export]
macro_rules! __call_type {
    () => {
        /// A call of an operation, which is sent when it is awaited.
        ///
        /// Each method of a client that calls an operation takes the required parameters, and returns a `Call`. The
        /// `Call` has setters for the optional parameters, and for the options of this call. A function that accepts
        /// any call has a parameter `Call<O>` with `O: Operation`.
        ///
        /// A clone is a call of its own: when both are awaited, two requests are sent.
        #[derive(Clone)]
        #[must_use = "nothing is sent until the call is awaited"]
        pub struct Call<O>($crate::plumbing::PreparedCall<O>);

        impl<O: $crate::Operation> Call<O> {
            /// Returns the description of the called operation.
            pub fn operation(&self) -> &'static $crate::operation::OperationEntry {
                self.0.operation_entry()
            }

            $crate::__option_setters!(0.options);
        }

        /// Methods that return streams of the pages or the items of a list. Only calls that request a page of a list
        /// have these methods.
        impl<O: $crate::Operation> Call<O>
        where
            Self: $crate::plumbing::Paged,
        {
            /// Returns a stream of all items of the list, page after page. The stream begins with the page that this
            /// call requests, and keeps the page size of this call.
            pub fn items(self) -> $crate::Items<<Self as $crate::plumbing::Paged>::Item> {
                $crate::plumbing::items(self)
            }

            /// Returns a stream of the responses that contain the pages of the list. Like the stream of
            /// [`items`](Self::items), it begins with the page that this call requests.
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

        /// Shows only the operation, because the arguments may be sensitive.
        impl<O: $crate::Operation> std::fmt::Debug for Call<O> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct("Call").field("operation", &O::ENTRY.id).finish_non_exhaustive()
            }
        }
    };
}
