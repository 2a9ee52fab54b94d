//! What the examples of these rules share: an operation that has all that this workspace asks for.

/// A document with one operation, whose answer is the schema `Payment` of these schemas.
macro_rules! answering {
    ($schemas:literal) => {
        concat!(
            "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
tags:
  - name: Payments
    description: What wallets have paid.
paths:
  /payment:
    get:
      operationId: getPayment
      tags: [Payments]
      summary: Get the last payment
      description: Returns the payment that was made last.
      security: []
      x-docs: {page: Payments, retrieved: '2026-01-31', confidence: documented}
      responses:
        '200':
          description: The payment.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Payment'}
              example: {}
components:
  schemas:
",
            $schemas
        )
    };
}

/// A document with one operation, which ends in these lines.
macro_rules! operation {
    ($lines:literal) => {
        concat!(
            "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
tags:
  - name: Payments
    description: What wallets have paid.
paths:
  /payments:
    get:
      operationId: listPayments
      tags: [Payments]
      summary: List all payments
      description: Returns the payments of all wallets.
      security: []
      responses:
        '204': {description: There are payments.}
",
            $lines
        )
    };
}

pub(super) use {answering, operation};
