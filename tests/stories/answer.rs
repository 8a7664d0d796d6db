//! Clients and channels from saved answers of the Partner API: their hub and their time zone come
//! from the book, from the answer, or from the person, in this order.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use harness::story::{Story, tell};
use hubledger_book::form::PartiesFileForm;
use hubledger_book::view::PartiesView;

const CLIENTS: &str = r#"{"count": 2, "total": 3, "limit": 2, "offset": 0, "clients": [
    {"id": "nordCL", "name": "Nord GmbH", "contact_info": {"country": "DE", "email": "a@nord.example"}},
    {"id": "suedCL", "name": "Süd Ltda", "contact_info": {"country": "Brazil"}}]}"#;

/// A channel that began at 22:30 UTC on 31 August: September in Berlin, August in São Paulo.
fn channel(id: &str, client: &str, phone: &str) -> String {
    format!(
        r#"{{"id": "{id}", "client_id": "{client}", "account_mode": "live",
        "setup_info": {{"phone_number": "{phone}", "phone_name": "Shop"}},
        "project": {{"license_model": "regular"}},
        "billing_started_at": "2026-08-31T22:30:00Z", "terminated_at": null}}"#
    )
}

fn answer(channels: &[String]) -> String {
    format!(
        r#"{{"partner_channels": [{}], "total": {}}}"#,
        channels.join(","),
        channels.len()
    )
}

fn bring(story: &mut Story, text: &str, hub: &str, zone: &str) -> PartiesView {
    let path = story.path("answer.json");
    std::fs::write(&path, text).unwrap();
    let form = PartiesFileForm {
        hub: Some(hub.to_owned()),
        time_zone: Some(zone.to_owned()),
    };
    let at = story.at();
    let seen = story.book_mut().preview_parties(&path, &form, at).unwrap();
    match story.book_mut().book_parties(&path, &form, false, at) {
        Ok(done) => {
            assert_eq!(told(&seen), told(&done));
            done
        }
        Err(error) => {
            assert_eq!(error.code.as_str(), "nothing-to-book");
            seen
        }
    }
}

/// `1 clients, 2 channels, 0 same`, differences and problems.
fn told(view: &PartiesView) -> String {
    let mut told = format!(
        "{} clients, {} channels, {} same",
        view.new_clients, view.new_channels, view.same
    );
    for one in &view.differences {
        told += &format!(
            "; {} {} {:?} -> {:?}",
            one.id, one.field, one.ours, one.theirs
        );
    }
    for one in &view.problem_rows {
        let column = one.column.as_deref().unwrap_or_default();
        told += &format!("; {}: {column} {}", one.line, one.code);
    }
    told
}

fn started(story: &Story, id: &str) -> String {
    let channels = story.book().channels(None, "2026-09", story.at()).unwrap();
    let found = channels.into_iter().find(|c| c.id == id).unwrap();
    found.started
}

fn two_hubs() -> Story {
    tell(
        "
        today    2026-09-20
        book     partner DE
        hub      elbePA partner-paid EUR growth since 2026-01-01 first 2026-08
        hub      rheinPA direct-paid USD growth since 2026-01-01 first 2026-08
        ",
    )
}

#[test]
fn an_answer_of_clients_goes_to_the_hub_that_is_named() {
    let mut story = two_hubs();
    let open = bring(&mut story, CLIENTS, "", "");
    assert_eq!(
        told(&open),
        "0 clients, 0 channels, 0 same; 1: id hub_missing; 2: id hub_missing"
    );
    assert_eq!(open.beyond, 1);
    let done = bring(&mut story, CLIENTS, "elbePA", "");
    assert_eq!(told(&done), "2 clients, 0 channels, 0 same");
    // Known ones keep their hub, whatever is named now.
    let again = bring(&mut story, CLIENTS, "rheinPA", "");
    assert_eq!(told(&again), "0 clients, 0 channels, 2 same");
}

#[test]
fn the_local_day_of_a_channel_decides_which_month_is_billed() {
    let mut story = two_hubs();
    bring(&mut story, CLIENTS, "elbePA", "");
    let channels = answer(&[
        channel("berlinCH", "nordCL", "493515550200"),
        channel("xCH", "nobodyCL", "493515550202"),
        channel("boxCH", "nordCL", "493515550203").replace("live", "sandbox"),
    ]);
    assert_eq!(
        told(&bring(&mut story, &channels, "", "")),
        "0 clients, 0 channels, 0 same; 1: billing_started_at time_zone_missing\
         ; 2: client_id client_unknown; 3: account_mode sandbox_channel"
    );
    assert_eq!(
        told(&bring(&mut story, &channels, "", "Europe/Berlin")),
        "0 clients, 1 channels, 0 same; 2: client_id client_unknown; 3: account_mode sandbox_channel"
    );
    let other = answer(&[channel("saoCH", "suedCL", "551135550200")]);
    bring(&mut story, &other, "", "america/sao_paulo");
    assert_eq!(started(&story, "berlinCH"), "2026-09-01");
    assert_eq!(started(&story, "saoCH"), "2026-08-31");
    story.go("
        # São Paulo began on the last of August: 25.00 × 1/31 = 0.8064…
        invoice  elbePA/2026-08/pro-rata 2026-08-31 0.81 0.15 0.96
        line     pro-rata-licence 0.81 saoCH 2026-08-31 1/31 regular of=25.00
        ");
    // The book's own zone of a channel comes before the one that is given for the file.
    let again = bring(&mut story, &channels, "", "America/Sao_Paulo");
    assert_eq!(
        told(&again),
        "0 clients, 0 channels, 1 same; 2: client_id client_unknown; 3: account_mode sandbox_channel"
    );
    let moved = channels.replace(
        r#""terminated_at": null"#,
        r#""terminated_at": "2026-10-31T23:30:00Z""#,
    );
    let differs = bring(&mut story, &moved, "", "");
    assert!(
        told(&differs).starts_with(
            r#"0 clients, 0 channels, 0 same; berlinCH terminated_at "" -> "2026-11-01""#
        ),
        "{}",
        told(&differs)
    );
}

#[test]
fn what_is_no_answer_and_no_zone_is_refused_in_words() {
    let mut story = two_hubs();
    let at = story.at();
    let path = story.path("answer.json");
    let mut refused = |text: &str, hub: &str, zone: &str| {
        std::fs::write(&path, text).unwrap();
        let form = PartiesFileForm {
            hub: Some(hub.to_owned()),
            time_zone: Some(zone.to_owned()),
        };
        let error = story.book_mut().preview_parties(&path, &form, at);
        let error = error.unwrap_err();
        (error.code.as_str(), error.field)
    };
    assert_eq!(refused("{\"clients\": [", "", ""), ("file-refused", None));
    assert_eq!(refused("{\"balance\": 1}", "", ""), ("file-refused", None));
    assert_eq!(refused(CLIENTS, "xPA", ""), ("hub-not-found", Some("hub")));
    assert_eq!(
        refused(CLIENTS, "elbePA", "Berlin"),
        ("time-zone-unknown", Some("time_zone"))
    );
}
