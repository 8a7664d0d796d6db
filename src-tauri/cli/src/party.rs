//! Hubs, clients and channels. What an edit doesn't name stays as it is.

use hubledger_book::Book;
use hubledger_book::error::{Code, Error};
use hubledger_book::form::{
    AutoRenewalForm, CancelChannelForm, ChannelForm, ChannelSettingsForm, ClientForm, CloseHubForm,
    EditHubForm, HubSettingsForm, KeptPriceForm, NewHubForm, OpeningForm, PlanNoticeForm, RuleForm,
};
use hubledger_book::plan_notice::PlanNoticeView;
use hubledger_book::view::{AutoRenewalView, ChannelView, ClientView, HubView, RuleView};

use crate::args::{
    AutoRenewal, ChannelAdd, ChannelEdit, ChannelVerb, ClientVerb, HubAdd, HubSettings, HubVerb,
};
use crate::print::{Table, money, money_or_blank, word, word_or_blank};
use crate::session::{Done, Session, Stop};

pub(crate) fn hub(session: &mut Session, verb: HubVerb) -> Done {
    let at = session.at;
    let view = match verb {
        HubVerb::Add(add) => session.writing()?.add_hub(new_hub(add), at)?,
        HubVerb::Edit {
            id,
            name,
            plan,
            from,
            first_month,
        } => {
            let mut book = session.writing()?;
            let hub = book.hub(&id, at)?;
            let form = EditHubForm {
                id,
                name: name.unwrap_or(hub.name),
                plan,
                plan_from: from.unwrap_or_default(),
                first_month: first_month.unwrap_or_default(),
            };
            book.edit_hub(form, at)?
        }
        HubVerb::Close { id, on } => {
            let on = on.unwrap_or_else(|| session.today());
            session.writing()?.close_hub(CloseHubForm { id, on }, at)?
        }
        HubVerb::CancelPlan {
            id,
            on,
            reading,
            dry_run,
            withdraw,
        } => {
            let form = PlanNoticeForm {
                hub: id,
                given_on: on.unwrap_or_default(),
                reading: reading.unwrap_or_default(),
            };
            return cancel_plan(session, form, dry_run, withdraw);
        }
        HubVerb::Settings(settings) => return hub_settings(session, settings),
        HubVerb::List => {
            let hubs = session.reading()?.hubs(at)?;
            return show_hubs(session, &hubs);
        }
    };
    if session.out.json {
        return Ok(session.out.record(&view)?);
    }
    show_hubs(session, &[view])
}

fn cancel_plan(session: &mut Session, form: PlanNoticeForm, dry_run: bool, withdraw: bool) -> Done {
    let at = session.at;
    if withdraw {
        let mut book = session.writing()?;
        book.withdraw_plan_notice(&form.hub, at)?;
        let hub = book.hub(&form.hub, at)?;
        if session.out.json {
            return Ok(session.out.record(&hub)?);
        }
        return show_hubs(session, &[hub]);
    }
    let view = if dry_run {
        session.reading()?.plan_notice(&form, at)?
    } else {
        session.writing()?.give_plan_notice(form, at)?
    };
    if session.out.json {
        return Ok(session.out.record(&view)?);
    }
    show_plan_notice(session, &view)
}

fn show_plan_notice(session: &mut Session, view: &PlanNoticeView) -> Done {
    let mut table = Table::new(["", ""]);
    let chosen = |reading: &str, day: &str| {
        let mark = if view.reading == reading {
            " (counts)"
        } else {
            ""
        };
        format!("{day}{mark}")
    };
    table.row(["Notice given on".to_owned(), view.given_on.clone()]);
    table.row([
        "Last day, 30 days to a month's end".to_owned(),
        chosen("thirty-days", &view.thirty_days),
    ]);
    table.row([
        "Last day, end of the following month".to_owned(),
        chosen("following-month", &view.following_month),
    ]);
    session.out.table(&table)?;
    if view.differ {
        session.out.line(
            "360Dialog's pages tell its term in both ways. Ask which holds; --reading chooses.",
        )?;
    }
    if !view.channels.is_empty() {
        let ids: Vec<_> = view.channels.iter().map(|c| c.id.as_str()).collect();
        session.out.line(format!(
            "Billed after that day: {}. 360Dialog ends a plan once all channels are cancelled and all its invoices paid.",
            ids.join(", ")
        ))?;
    }
    if !view.given {
        session.out.line("Nothing was booked.")?;
    }
    Ok(())
}

fn new_hub(add: HubAdd) -> NewHubForm {
    NewHubForm {
        id: add.id,
        name: add.name,
        model: add.model,
        currency: add.currency,
        plan: add.plan,
        since: add.since,
        first_month: add.first_month,
        opening: add.opening,
        pay_by: add.pay_by,
    }
}

fn show_hubs(session: &mut Session, hubs: &[HubView]) -> Done {
    if session.out.json {
        return Ok(session.out.record(hubs)?);
    }
    let mut table = Table::new([
        "hub",
        "name",
        "model",
        "plan",
        "pays by",
        "since",
        "first month",
        "closed up to",
        ">channels",
        ">paused",
        ">unrated",
        ">balance",
        "auto-renewal",
    ]);
    for hub in hubs {
        table.row([
            hub.id.clone(),
            hub.name.clone(),
            format!("{} {}", hub.model, hub.currency),
            word_or_blank(hub.plan),
            hub.pay_by.to_string(),
            hub.since.clone(),
            hub.first_month.clone(),
            hub.last_closed.clone().unwrap_or_default(),
            hub.channels.to_string(),
            hub.paused.to_string(),
            hub.unrated.to_string(),
            money(&hub.balance),
            auto_renewal(hub.auto_renewal.as_ref()),
        ]);
    }
    Ok(session.out.table(&table)?)
}

/// `on: 200.00 EUR adds 100.00 EUR (fires now; the amount is below the threshold)`.
pub(crate) fn auto_renewal(view: Option<&AutoRenewalView>) -> String {
    let Some(view) = view else {
        return String::new();
    };
    if !view.on {
        return "off".to_owned();
    }
    let mut notes = Vec::new();
    if view.fires_now {
        notes.push("fires now");
    }
    if view.amount_is_low {
        notes.push("the amount is below the threshold");
    }
    let notes = if notes.is_empty() {
        String::new()
    } else {
        format!(" ({})", notes.join("; "))
    };
    format!(
        "on: at {} adds {}{notes}",
        money(&view.threshold),
        money(&view.amount)
    )
}

fn hub_settings(session: &mut Session, settings: HubSettings) -> Done {
    let at = session.at;
    let changes = settings.opening.is_some()
        || settings.pay_by.is_some()
        || !settings.set.is_empty()
        || settings.auto.auto_renewal.is_some();
    if !changes {
        if settings.from.is_some() {
            return Err(Stop::Usage("--from goes with --opening or --set."));
        }
        let rules = session.reading()?.rules(&settings.id, None, at)?;
        return show_rules(session, &rules);
    }
    let mut book = session.writing()?;
    let hub = book.hub(&settings.id, at)?;
    let from = settings.from.unwrap_or_default();
    let rules = settings.set.into_iter().map(|(rule, value)| RuleForm {
        hub: hub.id.clone(),
        rule,
        value,
        from: from.clone(),
    });
    let is_moved = settings.opening.is_some() && from != hub.first_month;
    let renewal = settings.auto.auto_renewal;
    let form = HubSettingsForm {
        hub: hub.id.clone(),
        first_month: if is_moved {
            from.clone()
        } else {
            String::new()
        },
        opening: settings.opening,
        pay_by: settings.pay_by,
        rules: rules.collect(),
        auto_renewal: renewal
            .map(|on| renewal_form(&hub.id, None, on, settings.auto, hub.auto_renewal.as_ref())),
    };
    book.set_up_hub(form, at)?;
    let rules = book.rules(&hub.id, None, at)?;
    if !session.out.json {
        show_hubs(session, &[book.hub(&hub.id, at)?])?;
    }
    show_rules(session, &rules)
}

fn show_rules(session: &mut Session, rules: &[RuleView]) -> Done {
    if session.out.json {
        return Ok(session.out.record(rules)?);
    }
    let mut table = Table::new(["rule", "value", "", "from", "choices"]);
    for rule in rules {
        let note = match (rule.own_choice, rule.is_default) {
            (true, _) => "your own choice",
            (false, true) => "assumed",
            (false, false) => "chosen",
        };
        table.row([
            rule.rule.clone(),
            rule.value.clone(),
            note.to_owned(),
            rule.from.clone().unwrap_or_default(),
            rule.choices.join(", "),
        ]);
    }
    Ok(session.out.table(&table)?)
}

fn renewal_form(
    hub: &str,
    channel: Option<&str>,
    on: bool,
    auto: AutoRenewal,
    now: Option<&AutoRenewalView>,
) -> AutoRenewalForm {
    let or_now = |given: Option<String>, now: Option<String>| given.or(now).unwrap_or_default();
    AutoRenewalForm {
        hub: hub.to_owned(),
        channel: channel.map(str::to_owned),
        on,
        threshold: or_now(auto.threshold, now.map(|n| n.threshold.amount.clone())),
        amount: or_now(auto.amount, now.map(|n| n.amount.amount.clone())),
    }
}

pub(crate) fn client(session: &mut Session, verb: ClientVerb) -> Done {
    let at = session.at;
    let view = match verb {
        ClientVerb::Add {
            hub,
            id,
            name,
            country,
            email,
            vat_id,
        } => {
            let form = ClientForm {
                hub,
                id,
                name,
                country,
                email,
                vat_id,
            };
            session.writing()?.add_client(form, at)?
        }
        ClientVerb::Edit {
            id,
            name,
            country,
            email,
            vat_id,
        } => {
            let month = session.this_month();
            let mut book = session.writing()?;
            let clients = book.clients(None, &month, at)?;
            let now = clients
                .into_iter()
                .find(|c| c.id == id)
                .ok_or_else(|| not_found(Code::ClientNotFound, "Client", &id))?;
            let form = ClientForm {
                hub: now.hub,
                id,
                name: name.unwrap_or(now.name),
                country: country.or(now.country).unwrap_or_default(),
                email: email.unwrap_or(now.email),
                vat_id: vat_id.unwrap_or(now.vat_id),
            };
            book.edit_client(form, at)?
        }
        ClientVerb::Billing(billing) => return crate::seller::client_billing(session, *billing),
        ClientVerb::List { hub, month } => {
            let month = month.unwrap_or_else(|| session.this_month());
            let clients = session.reading()?.clients(hub.as_deref(), &month, at)?;
            return show_clients(session, &clients);
        }
    };
    if session.out.json {
        return Ok(session.out.record(&view)?);
    }
    show_clients(session, &[view])
}

fn show_clients(session: &mut Session, clients: &[ClientView]) -> Done {
    if session.out.json {
        return Ok(session.out.record(clients)?);
    }
    let mut table = Table::new([
        "client",
        "hub",
        "name",
        "country",
        "e-mail",
        "VAT ID",
        ">channels",
        ">licences",
        ">used",
    ]);
    for client in clients {
        table.row([
            client.id.clone(),
            client.hub.clone(),
            client.name.clone(),
            client.country.clone().unwrap_or_default(),
            client.email.clone(),
            client.vat_id.clone(),
            client.channels.len().to_string(),
            money(&client.licences),
            money(&client.used),
        ]);
    }
    Ok(session.out.table(&table)?)
}

pub(crate) fn channel(session: &mut Session, verb: ChannelVerb) -> Done {
    let at = session.at;
    let view = match verb {
        ChannelVerb::Add(add) => add_channel(session, add)?,
        ChannelVerb::Edit(edit) => edit_channel(session, edit)?,
        ChannelVerb::Cancel { id, ended } => {
            let form = CancelChannelForm { id, ended };
            session.writing()?.cancel_channel(form, at)?
        }
        ChannelVerb::KeepPrice {
            id,
            tier,
            price,
            card: _,
            from,
            reason,
        } => {
            let form = KeptPriceForm {
                channel: id,
                tier,
                price: price.unwrap_or_default(),
                from: from.unwrap_or_default(),
                reason,
            };
            session.writing()?.keep_price(form, at)?
        }
        ChannelVerb::List { hub, month } => {
            let month = month.unwrap_or_else(|| session.this_month());
            let channels = session.reading()?.channels(hub.as_deref(), &month, at)?;
            return show_channels(session, &channels);
        }
    };
    if session.out.json {
        return Ok(session.out.record(&view)?);
    }
    show_channels(session, &[view])
}

fn add_channel(session: &Session, add: ChannelAdd) -> Result<ChannelView, Stop> {
    let form = ChannelForm {
        client: add.client.unwrap_or_default(),
        hub: add.hub.unwrap_or_default(),
        id: add.id,
        phone: add.phone,
        name: add.name,
        tier: add.tier,
        tier_from: String::new(),
        started: add.started,
        ended: add.ended,
        time_zone: add.time_zone,
    };
    Ok(session.writing()?.add_channel(form, session.at)?)
}

fn edit_channel(session: &Session, edit: ChannelEdit) -> Result<ChannelView, Stop> {
    let mut book = session.writing()?;
    let now = find_channel(&book, &edit.id, session)?;
    let (hub, renewal) = (now.hub.clone(), now.auto_renewal.clone());
    let edits = edit.phone.is_some()
        || edit.name.is_some()
        || edit.tier.is_some()
        || edit.started.is_some()
        || edit.ended.is_some()
        || edit.time_zone.is_some();
    let id = edit.id.clone();
    let opening = edit.opening.map(|amount| OpeningForm {
        hub: hub.clone(),
        channel: Some(id.clone()),
        amount,
    });
    let channel = edits.then(|| ChannelForm {
        client: now.client,
        hub: now.hub,
        id: now.id,
        phone: edit.phone.unwrap_or(now.phone),
        name: edit.name.unwrap_or(now.name),
        tier: edit.tier.unwrap_or(now.tier),
        tier_from: edit.from.unwrap_or_default(),
        started: edit.started.unwrap_or(now.started),
        ended: edit.ended.or(now.ended).unwrap_or_default(),
        time_zone: edit.time_zone.unwrap_or(now.time_zone),
    });
    let on = edit.auto.auto_renewal;
    let form = ChannelSettingsForm {
        channel,
        opening,
        auto_renewal: on.map(|on| renewal_form(&hub, Some(&id), on, edit.auto, renewal.as_ref())),
    };
    book.set_up_channel(&id, form, session.at)?;
    find_channel(&book, &id, session)
}

/// A channel by its id.
pub(crate) fn find_channel(book: &Book, id: &str, session: &Session) -> Result<ChannelView, Stop> {
    let channels = book.channels(None, &session.this_month(), session.at)?;
    channels
        .into_iter()
        .find(|channel| channel.id == id)
        .ok_or_else(|| not_found(Code::ChannelNotFound, "Channel", id))
}

fn not_found(code: Code, what: &str, id: &str) -> Stop {
    Stop::from(Error {
        code,
        message: format!("{what} {id} is not in this book. Add it first."),
        field: None,
        line: None,
        details: vec![id.to_owned()],
        because: Vec::new(),
    })
}

fn show_channels(session: &mut Session, channels: &[ChannelView]) -> Done {
    if session.out.json {
        return Ok(session.out.record(channels)?);
    }
    let mut table = Table::new([
        "channel",
        "hub",
        "client",
        "phone",
        "name",
        "tier",
        "started",
        "ended",
        "state",
        ">licence",
        "keeps",
        ">used",
        ">balance",
        "",
        "auto-renewal",
    ]);
    for channel in channels {
        table.row([
            channel.id.clone(),
            channel.hub.clone(),
            channel.client_name.clone(),
            channel.phone.clone(),
            channel.name.clone(),
            channel.tier.to_string(),
            channel.started.clone(),
            channel.ended.clone().unwrap_or_default(),
            word(channel.state),
            money(&channel.licence),
            kept(channel),
            money(&channel.used),
            money_or_blank(channel.balance.as_ref()),
            paused(channel.paused),
            auto_renewal(channel.auto_renewal.as_ref()),
        ]);
    }
    Ok(session.out.table(&table)?)
}

/// `regular 19.00 EUR from 2026-08`.
fn kept(channel: &ChannelView) -> String {
    let told = channel.kept_prices.iter().map(|kept| {
        let price = kept.price.as_ref().map_or("the card's".to_owned(), money);
        format!("{} {price} from {}", kept.tier, kept.from)
    });
    told.collect::<Vec<_>>().join("; ")
}

/// What a balance at or below zero means.
pub(crate) fn paused(is: bool) -> String {
    if is {
        "paused".to_owned()
    } else {
        String::new()
    }
}
