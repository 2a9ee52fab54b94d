//! A program that uses everything of the client of `base.yaml`, in each way that callers can.
#![allow(unused, deprecated)]
use client::*;
use partner_runtime::{Decimal, Items, Upload, chrono, uuid};

async fn list(client: &Client) -> Result<(), partner_runtime::Error> {
    let call = client.list_orders("EUR", String::from("main"));
    let call = call.state(OrderState::Open).page(1).limit(20).tags([String::from("a")]).x_trace("t");
    let call: partner_runtime::Response<OrderPage> = call.await?;
    let orders: Vec<Order> = call.into_inner().orders;
    let items: Items<Order> = client.list_orders("EUR", "main").items();
    Ok(())
}

fn order(order: &Order) {
    let id: &uuid::Uuid = &order.order_id;
    let state: &OrderState = &order.state;
    let amount: &Decimal = &order.amount;
    let count: Option<i32> = order.count;
    let comment: &Option<String> = &order.comment;
    let email: &Option<String> = &order.email;
    let closed_at: &Option<chrono::DateTime<chrono::Utc>> = &order.closed_at;
    let rates: &Option<std::collections::BTreeMap<String, Decimal>> = &order.rates;
    let notes: &Option<Vec<String>> = &order.notes;
    let priority: &Option<Priority> = &order.priority;
}

fn page(page: &OrderPage) {
    let total: i64 = page.total;
}

fn states(state: OrderState) {
    match state {
        OrderState::Open => {}
        OrderState::Shipped => {}
        OrderState::Cancelled => {}
        OrderState::Unrecognized(_) => {}
        _ => {}
    }
}

fn priorities(priority: Priority) {
    match priority {
        Priority::Low => {}
        Priority::High => {}
    }
}

async fn create(client: &Client) -> Result<(), partner_runtime::Error> {
    let body = NewOrder::new(NewOrderRequired { product: "tea".to_owned(), quantity: 1, price: Decimal::from(2) });
    let body = body.coupon("A").ratio(Decimal::from(1)).delivery(chrono::NaiveDate::default());
    let body = body.priority(Priority::High).labels([String::from("a")]).level(Level::N1).backup("b");
    let body = body.contact(Contact::new().phone("1").fax("2"));
    let product: &String = &body.product;
    let quantity: i32 = body.quantity;
    let price: &Decimal = &body.price;
    let coupon: &Option<String> = &body.coupon;
    let ratio: &Option<Decimal> = &body.ratio;
    let backup: &Option<String> = &body.backup;
    let level: &Option<Level> = &body.level;
    let call: partner_runtime::Response<Order> = client.create_order(body).await?;
    Ok(())
}

fn contact(contact: Contact) {
    let phone: Option<String> = contact.phone;
    let fax: Option<String> = contact.fax;
    let made: Contact = Default::default();
}

async fn item(client: &Client, id: uuid::Uuid) -> Result<(), partner_runtime::Error> {
    let call: partner_runtime::Response<Item> = client.get_item(id, "1").await?;
    let item: Item = call.into_inner();
    let state: OrderState = item.state;
    let contact: Contact = item.contact;
    let event: Option<Event> = item.event;
    let _ = client.wait_until_shipped(id, "1").await;
    let call: partner_runtime::Response<()> = client.delete_item(id, "1").await?;
    Ok(())
}

fn events(event: Event) {
    match event {
        Event::Packed(packed) => {
            let boxes: i64 = packed.boxes;
        }
        Event::Lost(lost) => {
            let reason: Option<String> = lost.reason;
        }
        Event::Unrecognized(_) => {}
        _ => {}
    }
}

async fn proof(client: &Client, id: uuid::Uuid, file: Upload) -> Result<(), partner_runtime::Error> {
    let call: partner_runtime::Response<String> = client.upload_proof(id, file).note("n").await?;
    Ok(())
}

fn payments(payment: Payment) {
    match payment {
        Payment::Card(card) => {
            let number: String = card.number;
        }
        Payment::Bank(bank) => {
            let iban: String = bank.iban;
        }
    }
}

async fn pay(client: &Client, file: Upload) -> Result<(), partner_runtime::Error> {
    let card = Card::new("4").holder("h");
    let call: partner_runtime::Response<Receipt> = client.pay(card).await?;
    let receipt: Receipt = call.into_inner();
    let id: Option<String> = receipt.receipt_id;
    let text: Option<String> = receipt.text;
    let made = Receipt::default();
    client.pay(Bank::new("D")).await?;
    let call: partner_runtime::Response<Receipt> = client.pay_multipart(file).await?;
    Ok(())
}

async fn search(client: &Client) -> Result<(), partner_runtime::Error> {
    let body = Search::new().text("t").extra("k", "v".into());
    let text: &Option<String> = &body.text;
    let call = client.search_payments().body(body).await?;
    match call.into_inner() {
        SearchPaymentsOutcome::Ok(found) => {
            let found: Vec<Receipt> = found;
        }
        SearchPaymentsOutcome::Accepted(()) => {}
        _ => {}
    }
    Ok(())
}

async fn balance(client: &Client) -> Result<(), partner_runtime::Error> {
    let call: partner_runtime::Response<Decimal> = client.get_balance().await?;
    Ok(())
}

fn servers(environment: Environment) {
    let _ = (Environment::Sandbox, Environment::Production);
    let _ = (variables::region(variables::Region::Us), variables::stage("test"));
}

fn shipped(shipped: &OrderShipped) {
    let id: &Option<String> = &shipped.order_id;
}
