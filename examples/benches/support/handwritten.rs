//! A client that is written by hand with reqwest, to compare the generated client with. It has the same models, API key
//! and time limit.

use std::time::Duration;

use partner_client::reqwest::multipart::{Form, Part};
use partner_client::reqwest::{Body, Client, ClientBuilder, RequestBuilder};
use partner_client::serde_json;
use partner_client::unigox::{InitiatedOrder, KycDocumentUpload, NewOrder, PartnerUserProfile};
use partner_client::uuid::Uuid;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokio::io::AsyncRead;
use tokio_util::io::ReaderStream;

use super::{BoxError, KEY};

/// The number of bytes of an upload that are read at a time, as in the generated client.
const CHUNK_BYTES: usize = 64 * 1024;

#[derive(Deserialize)]
struct Envelope<T> {
    success: bool,
    data: Option<T>,
}

/// A client that is written by hand with reqwest.
#[derive(Clone)]
pub(crate) struct HandwrittenClient {
    http: Client,
    base_url: String,
}

impl HandwrittenClient {
    /// Creates a client with the same settings as the generated client.
    pub(crate) fn new(
        base_url: String,
        configure: impl FnOnce(ClientBuilder) -> ClientBuilder,
    ) -> Result<HandwrittenClient, BoxError> {
        // The result is ignored: an error means that the crypto provider of rustls is installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = Client::builder().no_proxy().timeout(Duration::from_secs(30));
        Ok(HandwrittenClient { http: configure(http).build()?, base_url })
    }

    pub(crate) async fn get_partner_user(&self, user_uuid: Uuid) -> Result<PartnerUserProfile, BoxError> {
        send(self.http.get(format!("{}/api/v1/partner/users/{user_uuid}", self.base_url))).await
    }

    pub(crate) async fn initiate_off_ramp(&self, order: &NewOrder) -> Result<InitiatedOrder, BoxError> {
        send(self.http.post(format!("{}/api/v1/partner/offramp/initiate", self.base_url)).json(order)).await
    }

    /// Uploads the contents of a reader as a stream, without storing them in memory.
    pub(crate) async fn upload(
        &self,
        user_uuid: Uuid,
        length: u64,
        contents: impl AsyncRead + Send + Sync + 'static,
    ) -> Result<KycDocumentUpload, BoxError> {
        let contents = Body::wrap_stream(ReaderStream::with_capacity(contents, CHUNK_BYTES));
        let file =
            Part::stream_with_length(contents, length).file_name("selfie.jpg").mime_str("image/jpeg")?;
        let form = Form::new().text("document_type", "selfie").part("file", file);
        let url = format!("{}/api/v1/partner/users/{user_uuid}/kyc/documents", self.base_url);
        send(self.http.post(url).multipart(form)).await
    }
}

async fn send<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, BoxError> {
    let response = request.header("x-api-key", KEY).header("accept", "application/json").send().await?;
    let body = response.error_for_status()?.bytes().await?;
    match serde_json::from_slice::<Envelope<T>>(&body)? {
        Envelope { success: true, data: Some(data) } => Ok(data),
        _ => Err("the call failed".into()),
    }
}
