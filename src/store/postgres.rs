//! The ledger in PostgreSQL: how it is opened, how one writes at a time, who is at work, and what each of several
//! senders has in hand.

pub(in crate::store) mod bulk;
pub(in crate::store) mod connection;
pub(in crate::store) mod hands;
pub(in crate::store) mod ledger;
pub(in crate::store) mod lock;
pub(in crate::store) mod node;
pub(in crate::store) mod standby;
