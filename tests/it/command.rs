//! The command line, as an administrator and as cron meet it.

mod config;
mod correct;
mod exits;
mod files;
mod holds;
mod list;
mod plans;
mod said;
mod shapes;
mod show;
