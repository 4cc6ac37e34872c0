# Boards, the hall's screen, the start page
board-rank = Rank
board-entrant = Entrant
board-team = Team
board-unit = Unit
board-total = Total
board-rows = The first { $count } of { $all }
board-number = No. { $number }
board-unknown = no number
board-tables = Tables
board-all = All entrants
board-teams = Teams
board-caption = Standings: { $title }

board-not-final = Not final
board-phase-draft = Being prepared
board-phase-running = In progress
board-phase-sealed = Sealed
board-phase-announced = Announced
board-phase-notice = In public notice
board-phase-final = Final results
board-notice-until = Public notice until { $date }
board-frozen = Frozen
board-frozen-since = Frozen: the board stands as of { $time }. Marking goes on; the result will be revealed.
board-live = Live
board-connecting = Connecting…
board-polling = Updated every few seconds
board-offline = Connection lost, trying again. This is the last board received.

board-status-ranked = Ranked
board-status-cut = Did not advance
board-status-incomplete = Being marked
board-status-failed = To be computed
board-status-absent = Absent
board-status-withdrawn = Withdrawn
board-status-disqualified = Disqualified
board-tie-open = Tie undecided
board-tie-shared = Tied
board-outside-quota = Outside the quota

board-find = Find yourself
board-find-hint = Draw number or full name
board-find-button = Find
board-find-none = “{ $sought }” is not on the board. Please check the draw number or the full name; a total appears when marking is complete.
board-own = My place
board-own-clear = Unpin
board-why = Why this score
board-rises = { $name } rises to rank { $rank }
board-falls = { $name } is now at rank { $rank }
board-enters = { $name } enters at rank { $rank }

board-hidden-title = Results are not public yet
board-hidden = The rules of this contest open results later. This page updates by itself; there is no need to reload.
board-empty-title = No results yet
board-empty = When marking begins, results appear here and keep themselves up to date.
board-screen = Hall screen
board-on-stage = On stage
board-next = Next
board-page = Page { $page } of { $pages }

home-title = Contests
home-empty-title = No contests yet
home-empty = An organizer who has logged in can create one from a definition file. To look around first, run leitai demo on the command line.
home-open = See the board
