//! Takes one customer through the onboarding of both APIs.
//!
//! ```text
//! cargo run --example onboarding
//! ```
//!
//! Without keys, the example uses a sandbox inside this process. With `UNIGOX_API_KEY`, it uses the sandbox that Unigox
//! runs, and with `P100_API_KEY`, the stage of P100. All data are made up.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it is a program for people")]

use std::error::Error;
use std::fmt::Display;
use std::process::ExitCode;
use std::time::{Duration, SystemTime};

use partner_client::operation::OperationEntry;
use partner_client::p100::{self, AddProofOfAddressFilesOutcome, ExternalUserId, KycVerificationStatus};
use partner_client::unigox::{self, FiatCurrencyCode, KycDocumentType, UserRef, UserUuid, VerificationState};
use partner_client::{Response, Upload};
use partner_sandbox::Sandbox;
use tokio::io::AsyncReadExt;

/// The most requests for a status before the example gives up.
const POLLS: u32 = 24;

#[tokio::main]
async fn main() -> ExitCode {
    match onboard().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nStopped: {error}");
            let mut source = error.source();
            while let Some(error) = source {
                eprintln!("  because: {error}");
                source = error.source();
            }
            ExitCode::FAILURE
        }
    }
}

async fn onboard() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    // Each run has a new reference, so that the example can be run again against the servers of the vendors.
    let age = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    let reference = format!("example-{:x}", age.as_millis());

    let unigox = onboard_at_unigox(&sandbox, &reference).await?;
    let p100 = onboard_at_p100(&sandbox, &reference).await?;
    println!("\nDone: {reference} is {unigox} at Unigox and {p100} at P100.");
    Ok(())
}

/// Returns a client, and the time between two polls. The client uses the key in the environment and the vendor's
/// sandbox, or else the sandbox of this process.
fn create_unigox_client(sandbox: &Sandbox) -> Result<(unigox::Client, Duration), partner_client::Error> {
    let builder = unigox::Client::builder();
    match read_api_key("UNIGOX_API_KEY") {
        Some(key) => {
            println!("Unigox, at {}", unigox::Environment::Sandbox.url());
            let client = builder.environment(unigox::Environment::Sandbox).api_key(key).build()?;
            Ok((client, Duration::from_secs(5)))
        }
        None => {
            println!("Unigox, in the sandbox of this process");
            let client =
                builder.base_url(sandbox.unigox_base_url()).api_key(Sandbox::UNIGOX_API_KEY).build()?;
            Ok((client, Duration::from_millis(100)))
        }
    }
}

async fn onboard_at_unigox(sandbox: &Sandbox, reference: &str) -> Result<VerificationState, Box<dyn Error>> {
    let (unigox, interval) = create_unigox_client(sandbox)?;
    let steps = StepPrinter(unigox::OPERATIONS);

    steps.print_request("verify_auth", "");
    let auth = unigox.verify_auth().await?;
    print_response(&auth, format!("authenticated {}", format_optional(&auth.authenticated)));

    let email = format!("{reference}@example.com");
    steps.print_request("create_partner_user", format!("user_ref {reference}, email {email}"));
    let user = unigox
        .create_partner_user(unigox::NewPartnerUser::new(unigox::NewPartnerUserRequired {
            user_ref: UserRef::from(reference),
            email,
        }))
        .await?;
    print_response(
        &user,
        format!(
            "user_uuid {}, kyc_status {}",
            format_optional(&user.user_uuid),
            format_optional(&user.kyc_status)
        ),
    );
    let user = user.user_uuid()?;

    steps.print_request("submit_kyc", "Erika Example, born 1990-05-15, DE");
    let submitted = unigox.submit_kyc(user, build_applicant()?).await?;
    print_response(&submitted, format!("kyc_status {}", format_optional(&submitted.kyc_status)));

    for (document_type, file) in
        [(KycDocumentType::Selfie, make_selfie()), (KycDocumentType::PassportFront, make_passport())]
    {
        steps.print_request("upload_kyc_document", format!("{document_type}: {}", describe_file(&file)));
        let uploaded =
            unigox.upload_kyc_document(user, document_type, file.0).timeout(UPLOAD_TIMEOUT).await?;
        match &*uploaded {
            unigox::KycDocumentUpload::Accepted(one) => {
                print_response(&uploaded, format!("document_id {}", one.document_id))
            }
            _ => print_response(&uploaded, "accepted"),
        }
    }

    steps.print_request("run_kyc_verification", "");
    let run = unigox.run_kyc_verification(user).await?;
    print_response(
        &run,
        format!("ready {}, status {}", format_optional(&run.ready), format_optional(&run.status)),
    );

    let state = poll_unigox(&unigox, user, interval).await?;
    add_payment_details(&unigox, user).await?;
    Ok(state)
}

fn build_applicant() -> Result<unigox::KycApplicant, Box<dyn Error>> {
    let applicant = unigox::KycApplicant::new(unigox::KycApplicantRequired {
        first_name: "Erika".to_owned(),
        last_name: "Example".to_owned(),
        country_code: unigox::CountryCode::from("DE"),
    })
    .date_of_birth("1990-05-15".parse()?)
    .address("Example Street 1")
    .city("Berlin")
    .postal_code("10115");
    Ok(applicant)
}

/// Requests the status of the identity check until the check has ended.
async fn poll_unigox(
    unigox: &unigox::Client,
    user: UserUuid,
    interval: Duration,
) -> Result<VerificationState, Box<dyn Error>> {
    for _ in 0..POLLS {
        StepPrinter(unigox::OPERATIONS).print_request("get_verification_status", "");
        let verification = unigox.get_verification_status(user).await?;
        print_response(&verification, format!("status {}", format_optional(&verification.status)));
        match verification.into_inner().status {
            Some(VerificationState::Verified) => return Ok(VerificationState::Verified),
            Some(state @ (VerificationState::Failed | VerificationState::VerificationRejected)) => {
                return Err(format!("Unigox did not verify the customer: {state}").into());
            }
            _ => tokio::time::sleep(interval).await,
        }
    }
    Err("Unigox is still verifying the customer".into())
}

async fn add_payment_details(unigox: &unigox::Client, user: UserUuid) -> Result<(), Box<dyn Error>> {
    let steps = StepPrinter(unigox::OPERATIONS);
    // The IBAN is from the example in the vendor's docs.
    let details = [("full_name", "Erika Example"), ("iban", "DE89370400440532013000")];
    let rail = unigox::RailWithoutInstitution::IbanSepa;
    let new =
        unigox::PaymentDetailsWithoutInstitution::new(unigox::PaymentDetailsWithoutInstitutionRequired {
            currency: FiatCurrencyCode::from("EUR"),
            rail,
            details: details.into(),
        })
        .country_code(unigox::CountryCode::from("DE"));
    steps.print_request("create_payment_details", "EUR by iban-sepa to DE89370400440532013000");
    let stored = unigox.create_payment_details(user, new).await?;
    print_response(&stored, format!("payment_details_id {}", format_optional(&stored.payment_details_id)));

    steps.print_request("list_payment_details", "");
    let all = unigox.list_payment_details(user).await?;
    print_response(&all, format!("{} stored", all.len()));
    Ok(())
}

/// Returns a client, and the time between two polls. The client uses the key in the environment and the vendor's stage,
/// or else the sandbox of this process.
fn create_p100_client(sandbox: &Sandbox) -> Result<(p100::Client, Duration), partner_client::Error> {
    let builder = p100::Client::builder();
    match read_api_key("P100_API_KEY") {
        Some(key) => {
            println!("\nP100, at {}", p100::Environment::Stage.url());
            let client = builder.environment(p100::Environment::Stage).api_key(key).build()?;
            Ok((client, Duration::from_secs(5)))
        }
        None => {
            println!("\nP100, in the sandbox of this process");
            let client = builder.base_url(sandbox.p100_base_url()).api_key(Sandbox::P100_API_KEY).build()?;
            Ok((client, Duration::from_millis(100)))
        }
    }
}

/// Verifies a user in both possible ways: with uploaded files, and on the pages of the identity provider. One of them
/// is enough.
async fn onboard_at_p100(
    sandbox: &Sandbox,
    reference: &str,
) -> Result<KycVerificationStatus, Box<dyn Error>> {
    let (p100, interval) = create_p100_client(sandbox)?;
    let user = ExternalUserId::from(reference);
    let steps = StepPrinter(p100::OPERATIONS);

    steps.print_request("create_user_account", format!("externalUserId {reference}, Jan Example, PL"));
    let account = p100.create_user_account(build_account(&user)?).await?;
    print_response(&account, format!("userId {}", format_optional(&account.user_id)));

    let (front, face) = (make_passport(), make_selfie());
    steps.print_request(
        "add_kyc_files",
        format!("front_id: {}; selfie: {}", describe_file(&front), describe_file(&face)),
    );
    let files =
        p100.add_kyc_files(user.clone()).front_id(front.0).selfie(face.0).timeout(UPLOAD_TIMEOUT).await?;
    print_response(&files, format_optional(&files.message));

    steps.print_request("create_kyc_verification", "PASSPORT, PL, income SALARY, for DAILY_USE");
    let verification = p100.create_kyc_verification(build_verification(user.clone())).await?;
    print_response(
        &verification,
        format!("verificationId {}", format_optional(&verification.verification_id)),
    );
    let id = verification.verification_id()?;

    steps.print_request("get_kyc_verification_page", "without a key, as the user's browser");
    let page = p100.get_kyc_verification_page(user.clone(), id.clone()).await?;
    print_response(&page, format!("a page of {} bytes", page.len()));

    let status = poll_p100(&p100, &user, interval).await?;

    let document = p100::UserVerificationDocument::new(user.clone())
        .document_type("PASSPORT")
        .document_number("AB0000000");
    steps.print_request("add_user_verification", "PASSPORT AB0000000");
    let added = p100.add_user_verification(document).await?;
    print_response(&added, "the document was taken");

    let bill = make_bill();
    steps.print_request("add_proof_of_address_files", format!("files: {}", describe_file(&bill)));
    let proof = p100.add_proof_of_address_files(user, [bill.0]).timeout(UPLOAD_TIMEOUT).await?;
    match &*proof {
        AddProofOfAddressFilesOutcome::Created(_) => print_response(&proof, "the proof of address was taken"),
        AddProofOfAddressFilesOutcome::Accepted(pending) => {
            print_response(&proof, format!("pending, {}", pending.error_code))
        }
        _ => print_response(&proof, "something new"),
    }
    Ok(status)
}

fn build_account(user: &ExternalUserId) -> Result<p100::NewUserAccount, Box<dyn Error>> {
    let birth_date = "1990-05-15".parse()?;
    let has_accepted_terms = true;
    Ok(p100::NewUserAccount::new(p100::NewUserAccountRequired {
        external_user_id: user.clone(),
        email: format!("{user}@example.com"),
        phone: "48123123123".to_owned(),
        first_name: "Jan".to_owned(),
        last_name: "Example".to_owned(),
        street: "ul. Przykładowa".to_owned(),
        house_number: "1/2".to_owned(),
        city: "Warszawa".to_owned(),
        post_code: "00-001".to_owned(),
        country: p100::CountryCode::from("PL"),
        citizenship: p100::CountryCode::from("PL"),
        birth_date,
        has_accepted_p100_terms: has_accepted_terms,
    }))
}

fn build_verification(user: ExternalUserId) -> p100::NewKycVerification {
    let (passport, salary) = (p100::KycDocumentType::Passport, p100::IncomeSource::Salary);
    p100::NewKycVerification::new(p100::NewKycVerificationRequired {
        external_user_id: user,
        document_type: passport,
        country: p100::CountryCode::from("PL"),
        income_source: salary,
        account_opening_reason: p100::AccountOpeningReason::DailyUse,
    })
    .occupation(p100::Occupation::InformationTechnology)
    .additional_info("Works for Example Ltd since 2020")
}

/// Requests the status of the verification until the user is verified or rejected.
async fn poll_p100(
    p100: &p100::Client,
    user: &ExternalUserId,
    interval: Duration,
) -> Result<KycVerificationStatus, Box<dyn Error>> {
    for _ in 0..POLLS {
        StepPrinter(p100::OPERATIONS).print_request("get_kyc_status", "");
        let verification = p100.get_kyc_status(user.clone()).await?;
        let (attempt, status) = (
            format_optional(&verification.attempt_status),
            format_optional(&verification.verification_status),
        );
        print_response(&verification, format!("attemptStatus {attempt}, verificationStatus {status}"));
        if verification.verification_status == Some(KycVerificationStatus::Verified) {
            return Ok(KycVerificationStatus::Verified);
        }
        if verification.attempt_status == Some(p100::KycAttemptStatus::RejectedByProvider) {
            return Err(format!(
                "P100 did not verify the user: {}",
                format_optional(&verification.rejection_reason)
            )
            .into());
        }
        tokio::time::sleep(interval).await;
    }
    Err("P100 is still verifying the user".into())
}

/// The time limit of uploads, which may take longer than other calls.
const UPLOAD_TIMEOUT: Duration = Duration::from_secs(60);

/// A file to upload, and its size in bytes.
struct File(Upload, u64);

/// Returns a file in memory. Only its first bytes are those of a JPEG.
fn make_selfie() -> File {
    let mut picture = vec![0xFF, 0xD8, 0xFF, 0xE0];
    picture.resize(48_000, 0);
    let size = picture.len() as u64;
    File(Upload::from_bytes("selfie.jpg", picture), size)
}

/// Returns a file that is generated while it is sent. A file on disk is sent with `Upload::from_file` instead.
fn make_passport() -> File {
    const SIZE: u64 = 1024 * 1024;
    let open = || async {
        let header: &[u8] = b"\x89PNG\r\n\x1a\n";
        Ok(header.chain(tokio::io::repeat(0)).take(SIZE))
    };
    File(Upload::from_reader("passport.png", Some(SIZE), open), SIZE)
}

/// Returns a file whose name does not show its type, so the content type is set.
fn make_bill() -> File {
    let text: &[u8] = b"%PDF-1.4\n%%EOF\n";
    File(Upload::from_bytes("electricity bill", text).with_content_type("application/pdf"), text.len() as u64)
}

/// Prints the steps of the example. The field has the operations of the API.
struct StepPrinter(&'static [&'static OperationEntry]);

impl StepPrinter {
    /// Prints the operation that is called next, and the data that is sent.
    fn print_request(&self, id: &str, what: impl Display) {
        match self.0.iter().find(|operation| operation.id == id) {
            Some(operation) => println!("\n  {id}: {} {}", operation.method, operation.path),
            None => println!("\n  {id}"),
        }
        let what = what.to_string();
        if !what.is_empty() {
            println!("    sent      {what}");
        }
    }
}

/// Prints the status of a response, and the received data.
fn print_response<T>(response: &Response<T>, what: impl Display) {
    println!("    received  {}: {what}", response.http_status());
}

/// Formats an optional value of a response.
fn format_optional(value: &Option<impl Display>) -> String {
    value.as_ref().map_or_else(|| "not given".to_owned(), ToString::to_string)
}

fn describe_file(File(upload, size): &File) -> String {
    format!("{} ({}, {size} bytes)", upload.file_name(), upload.content_type())
}

/// Returns the API key in an environment variable; `None` if the variable is missing or empty.
fn read_api_key(variable: &str) -> Option<String> {
    std::env::var(variable).ok().filter(|key| !key.is_empty())
}
