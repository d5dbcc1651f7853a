//! The page as a person has it: a real browser, real nodes, both languages, with and without JavaScript, by keyboard, on
//! a phone's width, in the dark. A line of error in the browser's console fails a test: that is where a policy that is
//! too narrow, or a page that breaks it, shows. Pictures go to the folder that `SESAME_SHOTS` names.

#[path = "browser/driver.rs"]
mod driver;
#[path = "browser/first.rs"]
mod first;
#[path = "browser/organisations.rs"]
mod organisations;
#[path = "browser/people.rs"]
mod people;
#[path = "browser/rooms.rs"]
mod rooms;
#[path = "browser/webhook.rs"]
mod webhook;
