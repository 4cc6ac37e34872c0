# The organizer's second half: people, stages, print.
