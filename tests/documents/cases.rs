//! The ways to break a document.

use crate::broken::Case;
use crate::broken::Edit::{Append, Delete, Replace, Write};

const ROOT: &str = "openapi.yaml";
const PARAMETERS: &str = "parameters.yaml";
const PATHS: &str = "paths/onboarding-and-kyc-flow.yaml";
const USERS: &str = "schemas/users.yaml";
const KYC: &str = "schemas/kyc.yaml";
const ERRORS: &str = "schemas/errors.yaml";

fn case(
    name: &'static str,
    edits: impl IntoIterator<Item = crate::broken::Edit>,
    rule: &'static str,
    file: &'static str,
    line: &'static str,
) -> Case {
    Case { name, edits: edits.into_iter().collect(), rule, file, line }
}

/// What is wrong with the text of a file.
pub(crate) fn of_syntax() -> Vec<Case> {
    let nested = format!("Nested: {}{}\n", "[".repeat(200), "]".repeat(200));
    let bomb: String = (1..7)
        .map(|n| format!("Bomb{n}: &b{n} [{}]\n", vec![format!("*b{}", n - 1); 10].join(", ")))
        .collect();
    vec![
        case(
            "key-indented-too-little",
            [Replace(
                PATHS,
                "    operationId: createUserAccount\n    tags:",
                "   operationId: createUserAccount\n    tags: # here",
            )],
            "syntax",
            PATHS,
            "    tags: # here",
        ),
        case(
            "key-indented-too-much",
            [Replace(KYC, "  description: The files were taken.", "   description: The files were taken.")],
            "syntax",
            KYC,
            "   description: The files were taken.",
        ),
        case(
            "tab",
            [Replace(USERS, "  title: UserAccount", "\ttitle: UserAccount")],
            "tab",
            USERS,
            "\ttitle: UserAccount",
        ),
        case("empty-file", [Write(PARAMETERS, Vec::new())], "empty-file", PARAMETERS, ""),
        case(
            "only-comments",
            [Write(PARAMETERS, b"# later\n".to_vec())],
            "empty-file",
            PARAMETERS,
            "# later",
        ),
        case(
            "duplicate-key",
            [Replace(USERS, "  title: UserAccount\n", "  title: UserAccount\n  title: Account\n")],
            "duplicate-key",
            USERS,
            "  title: Account",
        ),
        case(
            "duplicate-schema",
            [Append(USERS, String::from("\nPoaFiles: {type: object} # again\n"))],
            "duplicate-key",
            USERS,
            "PoaFiles: {type: object} # again",
        ),
        case(
            "unclosed-quote",
            [Replace(USERS, "      example: '48123123123'", "      example: '48123123123")],
            "syntax",
            USERS,
            "      example: '48123123123",
        ),
        case(
            "unclosed-bracket",
            [Replace(PATHS, "    security: []\n    responses:", "    security: [\n    responses: # here")],
            "syntax",
            PATHS,
            "    responses: # here",
        ),
        case(
            "colon-in-text",
            [Replace(KYC, "description: The user's face.", "description: The user's face: a selfie.")],
            "syntax",
            KYC,
            "      description: The user's face: a selfie.",
        ),
        case(
            "two-documents-in-a-file",
            [Replace(KYC, "KycStatus:", "---\nKycStatus:")],
            "several-documents",
            KYC,
            "---",
        ),
        case(
            "no-utf-8",
            [Append(USERS, String::from("\n")), Write(PARAMETERS, b"A:\n  name: caf\xe9\n".to_vec())],
            "not-utf-8",
            PARAMETERS,
            "  name: caf",
        ),
        case("nested-too-deep", [Append(ERRORS, nested)], "too-deep", ERRORS, "Nested: ["),
        case(
            "aliases-without-end",
            [Append(ERRORS, format!("Bomb0: &b0 [x, x, x, x, x, x, x, x, x, x]\n{bomb}"))],
            "too-large",
            ERRORS,
            "Bomb4: ",
        ),
        case(
            "merge-key",
            [Replace(KYC, "  title: KycFiles\n", "  <<: {title: KycFiles}\n")],
            "merge-key",
            KYC,
            "  <<: ",
        ),
        case(
            "tag",
            [Replace(KYC, "title: KycFilesReceipt", "title: !!binary KycFilesReceipt")],
            "yaml-tag",
            KYC,
            "  title: !!binary",
        ),
    ]
}

/// What is wrong with references between files.
pub(crate) fn of_references() -> Vec<Case> {
    vec![
        case(
            "reference-to-nothing",
            [Replace(KYC, "      $ref: '#/IncomeSource'", "      $ref: '#/IncomeSourse'")],
            "ref-unresolved",
            KYC,
            "      $ref: '#/IncomeSourse'",
        ),
        case(
            "reference-to-no-file",
            [Replace(PATHS, "../schemas/users.yaml#/NewUserAccount", "../schemas/user.yaml#/NewUserAccount")],
            "ref-unresolved",
            PATHS,
            "            $ref: '../schemas/user.yaml#/NewUserAccount'",
        ),
        case(
            "deleted-file",
            [
                Delete(PARAMETERS),
                Replace(PATHS, "parameters.yaml#/ExternalUserId'", "parameters.yaml#/ExternalUserId' # 1"),
            ],
            "ref-unresolved",
            PATHS,
            "    - $ref: '../parameters.yaml#/ExternalUserId' # 1",
        ),
        case("no-document", [Delete(ROOT)], "file", ROOT, ""),
        case(
            "reference-out-of-the-folder",
            [Replace(KYC, "$ref: '#/Occupation'", "$ref: '../../kyc.yaml#/Occupation'")],
            "ref-outside",
            KYC,
            "        - $ref: '../../kyc.yaml",
        ),
        case(
            "reference-to-another-machine",
            [Replace(KYC, "$ref: '#/Occupation'", "$ref: 'https://example.com/kyc.yaml#/Occupation'")],
            "ref-remote",
            KYC,
            "        - $ref: 'https://example.com",
        ),
        case(
            "reference-from-the-root-of-the-disk",
            [Replace(KYC, "$ref: '#/Occupation'", "$ref: '/specs/kyc.yaml#/Occupation'")],
            "ref-absolute",
            KYC,
            "        - $ref: '/specs/kyc.yaml",
        ),
        case(
            "reference-without-its-sign",
            [Replace(KYC, "$ref: '#/Occupation'", "$ref: 'Occupation' # no sign")],
            "ref-unresolved",
            KYC,
            "        - $ref: 'Occupation' # no sign",
        ),
        case(
            "reference-to-a-whole-file",
            [Replace(KYC, "$ref: '#/Occupation'", "$ref: 'users.yaml'")],
            "ref-kind",
            KYC,
            "        - $ref: 'users.yaml'",
        ),
        case(
            "reference-to-a-parameter",
            [Replace(KYC, "$ref: '#/Occupation'", "$ref: '../parameters.yaml#/ExternalUserId'")],
            "ref-kind",
            KYC,
            "        - $ref: '../parameters.yaml",
        ),
        case(
            "references-in-a-circle",
            [
                Replace(KYC, "      $ref: '#/IncomeSource'", "      $ref: '#/A'"),
                Append(KYC, String::from("\nA:\n  $ref: '#/B'\nB:\n  $ref: '#/A'\n")),
            ],
            "ref-circular",
            KYC,
            "      $ref: '#/A'",
        ),
        case(
            "key-beside-a-reference",
            [Replace(
                KYC,
                "      $ref: '#/IncomeSource'",
                "      description: Why.\n      $ref: '#/IncomeSource'",
            )],
            "ref-siblings",
            KYC,
            "      description: Why.",
        ),
        case(
            "key-beside-a-reference-to-a-response",
            [Replace(
                PATHS,
                "$ref: '../responses.yaml#/Unauthorized'",
                "$ref: '../responses.yaml#/Unauthorized'\n        description: No. # beside",
            )],
            "ref-siblings",
            PATHS,
            "        description: No. # beside",
        ),
        case(
            "two-schemas-of-one-name",
            [
                Replace(KYC, "      $ref: '#/IncomeSource'", "      $ref: 'errors.yaml#/IncomeSource'"),
                Append(
                    ERRORS,
                    String::from("\nIncomeSource: {type: string}\nOther:\n  $ref: '#/IncomeSource'\n"),
                ),
                Append(
                    KYC,
                    String::from(
                        "\nMore:\n  type: object\n  properties:\n    source:\n      $ref: '#/IncomeSource' # mine\n",
                    ),
                ),
                Replace(KYC, "    documentType:\n", "    more:\n      $ref: '#/More'\n    documentType:\n"),
            ],
            "name-collision",
            KYC,
            "      $ref: '#/IncomeSource' # mine",
        ),
    ]
}

/// What is wrong with the shape of the document.
pub(crate) fn of_shape() -> Vec<Case> {
    vec![
        case(
            "version-3-1",
            [Replace(ROOT, "openapi: 3.0.3", "openapi: 3.1.0")],
            "openapi-version",
            ROOT,
            "openapi: 3.1.0",
        ),
        case(
            "swagger",
            [Replace(ROOT, "openapi: 3.0.3", "swagger: '2.0'")],
            "openapi-version",
            ROOT,
            "swagger: '2.0'",
        ),
        case(
            "no-version",
            [Replace(ROOT, "  version: v1\n", "")],
            "missing-key",
            ROOT,
            "  title: P100 Partner API",
        ),
        case(
            "number-as-version",
            [Replace(ROOT, "  version: v1\n", "  version: 1.0\n")],
            "wrong-type",
            ROOT,
            "  version: 1.0",
        ),
        case(
            "typo-in-a-key",
            [Replace(KYC, "  properties:\n    front_id:", "  proprties:\n    front_id:")],
            "unknown-key",
            KYC,
            "  proprties:",
        ),
        case(
            "property-beside-properties",
            [Replace(KYC, "  properties:\n    message:", "  properties: # empty\n  message:")],
            "wrong-type",
            KYC,
            "  properties: # empty",
        ),
        case(
            "required-in-a-property",
            [Replace(
                USERS,
                "      description: First name.",
                "      required: true\n      description: First name.",
            )],
            "required-in-property",
            USERS,
            "      required: true",
        ),
        case(
            "list-of-types",
            [Replace(
                USERS,
                "      description: Last name.\n      type: string",
                "      description: Last name.\n      type: [string, 'null']",
            )],
            "openapi-3-1-keyword",
            USERS,
            "      type: [string, 'null']",
        ),
        case(
            "type-beside-a-parameter",
            [Replace(PARAMETERS, "  in: path\n", "  in: path\n  type: string\n  format: uuid\n")],
            "swagger-2-keyword",
            PARAMETERS,
            "  type: string",
        ),
        case(
            "typo-in-a-type",
            [Replace(
                USERS,
                "      description: Last name.\n      type: string",
                "      description: Last name.\n      type: strng",
            )],
            "unknown-word",
            USERS,
            "      type: strng",
        ),
        case(
            "list-instead-of-a-map",
            [Replace(KYC, "  properties:\n    message:\n", "  properties:\n    - message:\n")],
            "wrong-type",
            KYC,
            "    - message:",
        ),
        case(
            "text-instead-of-a-schema",
            [Replace(KYC, "      $ref: '#/IncomeSource'", "      '#/IncomeSource'")],
            "wrong-type",
            KYC,
            "      '#/IncomeSource'",
        ),
        case(
            "letter-in-a-status",
            [Replace(PATHS, "      '2XX':", "      20O:")],
            "response-code",
            PATHS,
            "      20O:",
        ),
        case(
            "path-without-slash",
            [Replace(ROOT, "  /v1/kyc:", "  v1/kyc:")],
            "path-without-slash",
            ROOT,
            "  v1/kyc:",
        ),
    ]
}

/// What makes an operation or a type that cannot be generated.
pub(crate) fn of_meaning() -> Vec<Case> {
    vec![
        case(
            "path-parameter-missing",
            [Replace(
                PATHS,
                "/v1/kyc/status/{externalUserId}:\n  parameters:\n    - $ref: '../parameters.yaml#/ExternalUserId'\n",
                "/v1/kyc/status/{externalUserId}:\n",
            )],
            "path-parameter-missing",
            ROOT,
            "  /v1/kyc/status/{externalUserId}:",
        ),
        case(
            "path-parameter-unused",
            [Replace(ROOT, "  /v1/kyc/status/{externalUserId}:", "  /v1/kyc/status:")],
            "path-parameter-unused",
            PARAMETERS,
            "  name: externalUserId",
        ),
        case(
            "path-parameter-optional",
            [Replace(PARAMETERS, "  required: true", "  required: false")],
            "path-parameter-required",
            PARAMETERS,
            "  required: false",
        ),
        case(
            "unclosed-brace-in-a-path",
            [Replace(ROOT, "  /v1/kyc/status/{externalUserId}:", "  /v1/kyc/status/{externalUserId:")],
            "path-template",
            ROOT,
            "  /v1/kyc/status/{externalUserId:",
        ),
        case(
            "cookie-parameter",
            [Replace(
                PATHS,
                "    operationId: createUserAccount\n",
                "    operationId: createUserAccount\n    parameters:\n    - {name: session, in: cookie, schema: {type: string}}\n",
            )],
            "parameter-unsupported",
            PATHS,
            "    - {name: session",
        ),
        case(
            "unknown-content-type",
            [Replace(PATHS, "        application/json:", "        multipart/mixed:")],
            "content-type",
            PATHS,
            "        multipart/mixed:",
        ),
        case(
            "no-success-response",
            [Replace(
                PATHS,
                "      '2XX':\n        description: The user was",
                "      '302':\n        description: The user was",
            )],
            "no-success-response",
            PATHS,
            "      '302':",
        ),
        case(
            "duplicate-operation-id",
            [Replace(PATHS, "operationId: getKycStatus", "operationId: createKycVerification # again")],
            "operation-id-duplicate",
            PATHS,
            "    operationId: createKycVerification # again",
        ),
        case(
            "no-operation-id",
            [Replace(PATHS, "  get:\n    operationId: getKycStatus\n", "  get: # here\n")],
            "operation-id-missing",
            PATHS,
            "  get: # here",
        ),
        case(
            "undeclared-security-scheme",
            [Replace(PATHS, "      - ApiKeyAuth: []", "      - ApiKey: []")],
            "security-scheme-undeclared",
            PATHS,
            "      - ApiKey: []",
        ),
        case(
            "number-that-is-no-decimal",
            [Replace(
                USERS,
                "      description: City.\n      type: string",
                "      description: City.\n      type: number # here",
            )],
            "number-not-decimal",
            USERS,
            "      type: number # here",
        ),
        case(
            "alternatives-that-look-alike",
            [
                Append(
                    USERS,
                    String::from(
                        "\nEither:\n  oneOf:\n    - $ref: '#/UserAccount'\n    - $ref: 'kyc.yaml#/KycFilesReceipt' # alike\n",
                    ),
                ),
                Replace(PATHS, "../schemas/users.yaml#/UserAccount", "../schemas/users.yaml#/Either"),
            ],
            "one-of-indistinct",
            USERS,
            "    - $ref: 'kyc.yaml#/KycFilesReceipt' # alike",
        ),
        case(
            "object-made-of-itself",
            [Replace(
                USERS,
                "  title: UserAccount\n",
                "  title: UserAccount\n  allOf:\n    - $ref: '#/UserAccount' # itself\n",
            )],
            "all-of-circular",
            USERS,
            "    - $ref: '#/UserAccount' # itself",
        ),
    ]
}
