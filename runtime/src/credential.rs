//! The credentials with which a client authenticates itself, one for each security scheme of the OpenAPI document.

use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue};
use reqwest::Request;
use tokio::sync::Mutex;

use crate::api::{Api, SecurityScheme};
use crate::error::CallSecrets;
use crate::operation::{OperationEntry, Security};
use crate::path::encode_path;
use crate::value::Redacted;
use crate::{BoxError, Error};

/// A credential for one security scheme of an OpenAPI document. It is made by a function of the generated module
/// `credentials`.
#[derive(Clone)]
pub struct Credential {
    scheme: usize,
    given: Given,
}

#[derive(Clone)]
enum Given {
    Key(String),
    Login(Login),
    Token(Token),
}

/// A user name and a password for HTTP Basic authentication.
///
/// ```
/// use partner_runtime::Login;
///
/// let login = Login::for_user("partner").password("a-fake-password");
/// ```
#[derive(Clone)]
pub struct Login {
    user: String,
    password: String,
}

/// A bearer token: either a fixed text, or the tokens that a [`TokenProvider`] returns.
#[derive(Clone)]
pub struct Token(TokenSource);

#[derive(Clone)]
enum TokenSource {
    Fixed(String),
    Provider(Arc<dyn TokenProvider>),
}

/// A source of bearer tokens, like an OAuth server.
///
/// ```
/// use partner_runtime::{BoxError, Token, TokenProvider};
/// use std::pin::Pin;
///
/// struct Signer;
///
/// impl TokenProvider for Signer {
///     fn fetch_token(&self) -> Pin<Box<dyn Future<Output = Result<String, BoxError>> + Send + '_>> {
///         Box::pin(async { Ok(String::from("a-fake-token")) })
///     }
/// }
///
/// let token = Token::from_provider(Signer);
/// ```
pub trait TokenProvider: Send + Sync + 'static {
    /// Fetches a new token. Only one call at a time does this, and the time that it takes counts towards the time limit
    /// of that call.
    ///
    /// # Errors
    ///
    /// When no token can be fetched. Then the call fails, and nothing is sent.
    fn fetch_token(&self) -> std::pin::Pin<Box<dyn Future<Output = Result<String, BoxError>> + Send + '_>>;
}

impl Login {
    /// Makes a login with this user name and an empty password.
    pub fn for_user(user: impl Into<String>) -> Login {
        Login { user: user.into(), password: String::new() }
    }

    /// Sets the password.
    #[must_use]
    pub fn password(mut self, password: impl Into<String>) -> Login {
        self.password = password.into();
        self
    }
}

impl From<&str> for Token {
    fn from(token: &str) -> Token {
        Token(TokenSource::Fixed(token.to_owned()))
    }
}

impl From<String> for Token {
    fn from(token: String) -> Token {
        Token(TokenSource::Fixed(token))
    }
}

impl Token {
    /// Makes a token that a provider supplies. The provider is asked when a call first needs a token, and again after
    /// the API has rejected a token with the status 401. The rejected call is repeated once, if sending its request
    /// twice is harmless and its body can be sent again. Otherwise the call fails, and the next call sends a new token.
    pub fn from_provider(provider: impl TokenProvider) -> Token {
        Token(TokenSource::Provider(Arc::new(provider)))
    }
}

impl Credential {
    pub(crate) fn key(scheme: usize, key: String) -> Credential {
        Credential { scheme, given: Given::Key(key) }
    }

    pub(crate) fn login(scheme: usize, login: Login) -> Credential {
        Credential { scheme, given: Given::Login(login) }
    }

    pub(crate) fn token(scheme: usize, token: Token) -> Credential {
        Credential { scheme, given: Given::Token(token) }
    }
}

/// The credentials of a client.
pub(crate) struct Credentials {
    api: &'static Api,
    held: Vec<HeldSecret>,
    /// The names of all headers that the API uses for credentials, even for credentials that this client does not have.
    /// Only the client may set these headers.
    credential_header_names: Vec<HeaderName>,
}

struct HeldSecret {
    scheme: usize,
    secret: Secret,
}

enum Secret {
    Header(HeaderName, HeaderValue),
    Query(&'static str, HeaderValue),
    Token { provider: Arc<dyn TokenProvider>, latest: Mutex<Option<HeaderValue>> },
}

/// The bearer tokens that one attempt sends, each with the index of its security scheme. Only tokens from a
/// [`TokenProvider`] are in the list.
pub(crate) type ProviderTokens = Vec<(usize, HeaderValue)>;

impl Credentials {
    /// Checks the credentials with which a client is built, and prepares them for requests.
    pub(crate) fn new(api: &'static Api, given: Vec<Credential>) -> Result<Credentials, Error> {
        let schemes = (0..).map_while(|index| find_security_scheme(api, index));
        let headers = schemes.filter_map(find_credential_header_name).collect::<Result<Vec<_>, _>>();
        let headers = headers
            .map_err(|_| make_configuration_error(api, "the document names a header that cannot be sent"))?;
        let mut held: Vec<HeldSecret> = Vec::new();
        for Credential { scheme: index, given } in given {
            let Some(scheme) = find_security_scheme(api, index) else {
                let why = "the document has no API key, or several credentials; set them with `credential`";
                return Err(make_configuration_error(api, why));
            };
            held.retain(|other| other.scheme != index);
            held.push(HeldSecret { scheme: index, secret: make_secret(api, scheme, given)? });
        }
        Ok(Credentials { api, held, credential_header_names: headers })
    }

    /// Whether a header can carry a credential of the API.
    pub(crate) fn is_credential_header(&self, header: &HeaderName) -> bool {
        self.credential_header_names.contains(header)
    }

    /// Returns the indices of the security schemes whose credentials an operation needs. If the OpenAPI document allows
    /// several combinations of schemes, returns the first combination for which the client has all credentials. Returns
    /// `None` if the operation takes no credentials, or if the client has the complete credentials for none of the
    /// combinations.
    fn choose_scheme_indices(&self, operation: &OperationEntry) -> Option<&'static [usize]> {
        if operation.security == Security::None {
            return None;
        }
        let alternatives: &'static [&'static [usize]] =
            match (self.api.security_schemes, operation.credential_alternatives) {
                ([], _) => &[&[0]],
                (_, []) => self.api.raw_call_credential_alternatives,
                (_, own) => own,
            };
        alternatives
            .iter()
            .copied()
            .find(|schemes| schemes.iter().all(|scheme| self.find_secret_of_scheme(*scheme).is_some()))
    }

    fn find_secret_of_scheme(&self, scheme: usize) -> Option<&Secret> {
        self.held.iter().find(|held| held.scheme == scheme).map(|held| &held.secret)
    }

    /// Checks that the client has the credentials that an operation requires. If the document allows several
    /// combinations of credentials, one of them is enough.
    pub(crate) fn check_required_credentials(&self, operation: &OperationEntry) -> Result<(), Error> {
        if operation.security != Security::Required || self.choose_scheme_indices(operation).is_some() {
            return Ok(());
        }
        let message = match self.api.security_schemes {
            [] => "this operation needs an API key, and the client was built without one",
            _ => "this operation needs credentials that the client was built without",
        };
        Err(Error::configuration(message))
    }

    /// Returns the bearer tokens that the calls of an operation send, if the tokens come from a [`TokenProvider`]. A
    /// provider is asked for a token only if the client stores no token of this provider.
    pub(crate) async fn obtain_provider_tokens(
        &self,
        operation: &OperationEntry,
    ) -> Result<ProviderTokens, Error> {
        let mut tokens = ProviderTokens::new();
        for scheme in self.choose_scheme_indices(operation).unwrap_or_default() {
            let Some(Secret::Token { provider, latest }) = self.find_secret_of_scheme(*scheme) else {
                continue;
            };
            let mut latest = latest.lock().await;
            let token = match &*latest {
                Some(token) => token.clone(),
                None => {
                    let token = provider.fetch_token().await.map_err(Error::missing_token)?;
                    latest.insert(make_authorization_value("Bearer", &token, self.api)?).clone()
                }
            };
            tokens.push((*scheme, token));
        }
        Ok(tokens)
    }

    /// Discards tokens that the API has rejected, so that the next call asks their providers for new tokens.
    pub(crate) async fn discard_rejected_tokens(&self, tokens: &ProviderTokens) {
        for (scheme, rejected) in tokens {
            if let Some(Secret::Token { latest, .. }) = self.find_secret_of_scheme(*scheme) {
                let mut latest = latest.lock().await;
                // If another call has replaced the rejected token by a new one in the meantime, the new token is kept.
                if latest.as_ref() == Some(rejected) {
                    *latest = None;
                }
            }
        }
    }

    /// Whether the calls of an operation send a bearer token that comes from a token provider (code that the caller
    /// supplies).
    pub(crate) fn sends_provider_token(&self, operation: &OperationEntry) -> bool {
        let is_token =
            |scheme: &usize| matches!(self.find_secret_of_scheme(*scheme), Some(Secret::Token { .. }));
        self.held.iter().any(|held| matches!(held.secret, Secret::Token { .. }))
            && self.choose_scheme_indices(operation).unwrap_or_default().iter().any(is_token)
    }

    /// Sets the credentials of a request. Removes all headers that can carry a credential of the API, and then adds the
    /// credentials that the operation needs.
    pub(crate) fn set_request_credentials(
        &self,
        operation: &OperationEntry,
        tokens: &ProviderTokens,
        request: &mut Request,
    ) {
        for header in &self.credential_header_names {
            request.headers_mut().remove(header);
        }
        for scheme in self.choose_scheme_indices(operation).unwrap_or_default() {
            match self.find_secret_of_scheme(*scheme) {
                Some(Secret::Header(name, value)) => {
                    request.headers_mut().insert(name.clone(), value.clone());
                }
                Some(Secret::Query(name, value)) => {
                    let value = String::from_utf8_lossy(value.as_bytes());
                    let pair = format!("{}={}", encode_path(name), encode_path(&value));
                    let query = request.url().query().filter(|query| !query.is_empty());
                    let query = query.map_or(pair.clone(), |query| format!("{query}&{pair}"));
                    request.url_mut().set_query(Some(&query));
                }
                Some(Secret::Token { .. }) => {
                    let token = tokens.iter().find(|(of, _)| of == scheme);
                    request.headers_mut().extend(token.map(|(_, token)| (AUTHORIZATION, token.clone())));
                }
                None => {}
            }
        }
    }

    /// Adds the client's credentials and `tokens` to `secrets`, the secrets that are redacted in all errors.
    pub(crate) fn collect_secrets(&self, tokens: &ProviderTokens, secrets: &mut CallSecrets) {
        for held in &self.held {
            match &held.secret {
                Secret::Header(_, value) | Secret::Query(_, value) => secrets.add_credential(value),
                Secret::Token { .. } => {}
            }
        }
        tokens.iter().for_each(|(_, token)| secrets.add_credential(token));
    }
}

/// Returns the security scheme with this index; `None` if the API has no such scheme. If the API has no list of schemes
/// but only a key in a header, that key has the index 0.
fn find_security_scheme(api: &Api, index: usize) -> Option<SecurityScheme> {
    match (api.security_schemes, index) {
        ([], 0) if !api.api_key_header_name.is_empty() => {
            Some(SecurityScheme::Header(api.api_key_header_name))
        }
        (schemes, index) => schemes.get(index).copied(),
    }
}

/// Returns the name of the header in which the credential of a security scheme is sent. Returns `None` if the
/// credential is sent in the query.
fn find_credential_header_name(
    scheme: SecurityScheme,
) -> Option<Result<HeaderName, http::header::InvalidHeaderName>> {
    match scheme {
        SecurityScheme::Header(name) => Some(HeaderName::from_bytes(name.as_bytes())),
        SecurityScheme::Query(_) => None,
        SecurityScheme::Basic | SecurityScheme::Bearer => Some(Ok(AUTHORIZATION)),
    }
}

fn make_secret(api: &'static Api, scheme: SecurityScheme, given: Given) -> Result<Secret, Error> {
    Ok(match (scheme, given) {
        (SecurityScheme::Header(name), Given::Key(key)) => {
            let name = HeaderName::from_bytes(name.as_bytes());
            let name = name.map_err(|_| {
                make_configuration_error(api, "the document names a header that cannot be sent")
            })?;
            Secret::Header(name, convert_api_key_to_header_value(api, &key)?)
        }
        (SecurityScheme::Query(name), Given::Key(key)) => {
            Secret::Query(name, convert_api_key_to_header_value(api, &key)?)
        }
        (SecurityScheme::Basic, Given::Login(Login { user, password })) => {
            if user.contains(':') {
                return Err(make_configuration_error(
                    api,
                    "the name of a user cannot have a colon in it (RFC 7617, 2)",
                ));
            }
            let login = STANDARD.encode(format!("{user}:{password}"));
            Secret::Header(AUTHORIZATION, make_authorization_value("Basic", &login, api)?)
        }
        (SecurityScheme::Bearer, Given::Token(Token(TokenSource::Fixed(token)))) => {
            Secret::Header(AUTHORIZATION, make_authorization_value("Bearer", &token, api)?)
        }
        (SecurityScheme::Bearer, Given::Token(Token(TokenSource::Provider(provider)))) => {
            Secret::Token { provider, latest: Mutex::new(None) }
        }
        _ => return Err(make_configuration_error(api, "the credential is for another security scheme")),
    })
}

fn make_authorization_value(kind: &str, value: &str, api: &Api) -> Result<HeaderValue, Error> {
    convert_api_key_to_header_value(api, value)?;
    let mut value = HeaderValue::from_str(&format!("{kind} {value}")).map_err(|_| {
        make_configuration_error(api, "the credential has characters that a header cannot carry")
    })?;
    value.set_sensitive(true);
    Ok(value)
}

/// Converts an API key into the value of a header. The value is marked as sensitive, so that `Debug` does not print it.
fn convert_api_key_to_header_value(api: &Api, key: &str) -> Result<HeaderValue, Error> {
    if key.is_empty() {
        return Err(make_configuration_error(api, "the API key is empty"));
    }
    let value = HeaderValue::from_str(key).ok().filter(|_| key.bytes().all(|byte| byte.is_ascii_graphic()));
    let why = "the API key has characters that a header cannot carry; look for spaces and line ends";
    let mut value = value.ok_or_else(|| make_configuration_error(api, why))?;
    value.set_sensitive(true);
    Ok(value)
}

fn make_configuration_error(api: &Api, why: &str) -> Error {
    Error::configuration(format!("{}: {why}", api.title))
}

/// Shows `[redacted]` instead of the secret.
impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Credential").field(&Redacted).finish()
    }
}

/// Shows how many credentials the client has, but no credential.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.held.iter().map(|_| Redacted)).finish()
    }
}

/// Shows `[redacted]` instead of the secret.
impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Login").field(&Redacted).finish()
    }
}

/// Shows `[redacted]` instead of the secret.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Token").field(&Redacted).finish()
    }
}
