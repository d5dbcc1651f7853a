//! Forms that were posted: the session, its form token and the fields, checked before a handler sees them.

use axum::Form;
use axum::extract::{FromRequest, FromRequestParts, Request};

use super::visit::{Turned, Visit, home_of};
use crate::app::App;

/// Fields among which the token is looked for: every form of ours has it first.
const FIELDS_MAX: usize = 64;

/// A form of this session.
pub(super) struct Posted {
    /// Who posted it.
    pub(super) visit: Visit,
    fields: Vec<(String, String)>,
}

/// A form of this session, at a node whose vault is open.
pub(super) struct PostedOpen(pub(super) Posted);

impl Posted {
    /// The value of a field, without blanks at its ends; empty when the form has none of that name.
    pub(super) fn field(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// The value of a field as it was typed: for a passphrase, where blanks count.
    pub(super) fn raw(&self, name: &str) -> &str {
        self.fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// All values under one name, without blanks at their ends: boxes that were ticked.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.trim())
    }

    /// What stands in a field with a value a line or between commas.
    pub(super) fn list(&self, name: &str) -> Vec<String> {
        let parts = self.raw(name).split(['\n', ',']).map(str::trim);
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// The value of a field, unless it is empty.
    pub(super) fn filled(&self, name: &str) -> Option<&str> {
        Some(self.field(name)).filter(|value| !value.is_empty())
    }
}

impl Drop for Posted {
    fn drop(&mut self) {
        use zeroize::Zeroize as _;
        for (_, value) in &mut self.fields {
            value.zeroize();
        }
    }
}

impl FromRequest<App> for Posted {
    type Rejection = Turned;

    async fn from_request(request: Request, app: &App) -> Result<Self, Turned> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, app).await?;
        let read = Form::<Vec<(String, String)>>::from_request(Request::from_parts(parts, body), app).await;
        let Form(fields) = read.map_err(|rejection| Turned::Unreadable(rejection.status()))?;
        let token = fields.iter().take(FIELDS_MAX).find(|(key, _)| key == "token");
        if !token.is_some_and(|(_, token)| visit.session.is_token(token)) {
            return Err(Turned::Stale(visit.words));
        }
        Ok(Self { visit, fields })
    }
}

impl FromRequest<App> for PostedOpen {
    type Rejection = Turned;

    async fn from_request(request: Request, app: &App) -> Result<Self, Turned> {
        let posted = Posted::from_request(request, app).await?;
        match home_of(posted.visit.status.state) {
            None => Ok(Self(posted)),
            Some(path) => Err(Turned::Elsewhere(path)),
        }
    }
}
