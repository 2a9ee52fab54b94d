//! The example of a complete sale.

use partner_examples::off_ramp::flow;

#[tokio::test]
async fn a_sale_is_quoted_signed_and_followed_by_webhooks_to_its_end() {
    let story = flow::run().await.unwrap();
    assert_eq!(
        story,
        [
            "quoted: 101.50 USDT for 152880.00 NGN",
            "initiated: order b2c3d4e5-f6a7-8901-bcde-f12345678901",
            "authorized: the transfer, signed by 0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
            "completed: the customer was paid",
        ]
    );
}
