//! What all generated calls have in common.

/// The parts of a call that all of them have: options, and that `.await` sends.
macro_rules! call {
    ($call:ident: $operation:expr => $answer:ty) => {
        impl $call {
            /// The operation that is called.
            pub fn operation(&self) -> &'static crate::operation::Operation {
                &$operation
            }
        }

        crate::call::options!($call);

        impl IntoFuture for $call {
            type Output = Result<crate::Response<$answer>, crate::Error>;
            type IntoFuture = crate::call::BoxFuture<Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                Box::pin(self.send())
            }
        }
    };
}
pub(crate) use call;
