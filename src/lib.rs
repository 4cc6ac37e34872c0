//! Leitai (擂台) runs labor competitions and skills contests.
//!
//! The modules in reading order. Dependencies point one way: `web → app, files, words, rules`;
//! `app → store, rules`; `files → words, rules`; `store → rules`; `words → rules`.

pub mod rules;

pub mod words;

pub mod files;

pub mod store;

pub mod app;

pub mod web;

pub mod demo;

pub mod settings;
