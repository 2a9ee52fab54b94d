//! What all generated calls have in common.

/// The parts of a call that all of them have: options, and that `.await` sends.
#[doc(hidden)]
#[macro_export]
macro_rules! __call {
    ($call:ident: $operation:expr => $answer:ty) => {
        impl $call {
            /// The operation that is called.
            pub fn operation(&self) -> &'static $crate::operation::Operation {
                &$operation
            }
        }

        $crate::__options!($call);

        impl IntoFuture for $call {
            type Output = Result<$crate::Response<$answer>, $crate::Error>;
            type IntoFuture = $crate::plumbing::BoxFuture<Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                Box::pin(self.send())
            }
        }
    };
}
