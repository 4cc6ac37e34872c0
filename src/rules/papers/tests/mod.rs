//! Worked by hand; drawing against the words of [`super::draw`] in another program.
