//! The command line, as an administrator and as cron meet it.

mod exits;
mod files;
mod shapes;
