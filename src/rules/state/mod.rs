//! The fold: what a contest is after some entries. The fields are private to `rules`; outside there are views.
