# What an uploaded table is, when it cannot be read.
sheet-empty = The file is empty. Please check it and upload it again.
sheet-too-large = The file is larger than { $most } MB. Keep only the sheet with the list and upload it again.
sheet-unpacks = Unpacked, the file is larger than allowed ({ $most } MB), so it was not read. Copy the list into a new workbook and upload that.
sheet-rows = There are more than { $most } rows. Please upload it in several files.
sheet-columns = There are more than { $most } columns. Delete those not needed and upload it again.
sheet-protected = The file is protected by a password. Remove the password in Excel and upload it again.
sheet-web-page = This is a web page named .xls. Open it in Excel, save it as an “Excel workbook (.xlsx)”, and upload that.
sheet-not-a-table = This is neither an Excel workbook nor a CSV file. Please upload .xlsx, .xls or .csv.
sheet-encoding = The text is neither UTF-8 nor GB18030. Open the file in Excel, save it as “CSV UTF-8”, and upload that.
sheet-damaged = The file is damaged or incomplete; nothing was imported. Open it in Excel, save it again, and upload that.

# What is wrong with a row.
import-at-cell = Row { $row }, “{ $title }” (column { $letters }): { $fact }
import-at-row = Row { $row }: { $fact }
import-or = , { "" }
import-no-header = No heading was found. One row must hold the column titles, at least “name”. A template can be downloaded.
import-no-rows = There is nothing below the heading.
import-column-twice = It means the same as column { $other }. Keep only one.
import-column-ignored = This column is not known and was not read.
import-missing = It is empty.
import-entrant-twice = Number “{ $text }” is already used in row { $row }. Give this one another.
import-zeros = Some numbers of this column are stored as numbers (such as { $text }), so leading zeros may be lost. Please check; format the column as “Text” and enter them again.
import-digits-lost = The number is so long that Excel has lost its last digits. Format the cell as “Text” and enter it again.
import-broken-cell = The cell holds an error (such as #N/A). Correct it and upload the file again.
import-too-long = More than { $most } characters. Please check; is there a stray quotation mark in the CSV file?
import-invisible = It contains the invisible character { $code }. Delete it and type the cell again.
import-private-use = It contains a private character ({ $code }) that other computers cannot show or print. Use the standard character.
import-entrant-number = “{ $text }” cannot be a number of an entrant: only letters, digits and - _ . are allowed.
import-number = “{ $text }” is not a number. Enter digits only.
import-number-perhaps = “{ $text }” is not a number. Enter digits only, without a unit, for example { $perhaps }.
import-date = “{ $text }” is not a date. Write it like 1991-05-04.
import-gender = “{ $text }” is not a gender. Enter “female” or “male”.
import-yes-or-no = “{ $text }” is unclear. Enter “yes” or “no”.
import-unit-unknown = The unit “{ $text }” is not in the tree of units. Add it first, or correct the name.
import-unit-near = The unit “{ $text }” is not in the tree of units. Perhaps: { $near }?
import-unit-ambiguous = Several units are called “{ $text }”. Write the unit above it too, for example: { $near }.
import-event = There is no event “{ $text }”. It can be: { $known }.
import-group = There is no group “{ $text }”. It can be: { $known }.
import-undecided = Without the data it cannot be decided whether “{ $title }” holds; it is taken as not.
import-same-name = The same name and unit stand in row { $row }. Please check whether it is the same person.
import-merged = { $range } is merged: only its first cell has content. Please check these rows.
import-hidden-row = This row is hidden in the file; it was read all the same.
import-hidden-sheet = The hidden sheet “{ $name }” was not read.
import-further-sheet = The sheet “{ $name }” looks like a list too and was not read: one sheet is read at a time.

# The template to fill in.
template-sheet = Entrants
template-help = How to fill it in
template-lists = Choices
template-fill = One row for each entrant on the sheet “Entrants”. Columns with * must be filled. Delete the example row.
template-entrant = Number: letters, digits and - _ . only, each once. Leave the whole column empty to have numbers assigned.
template-unit = Unit: choose from the list, or write the whole path with / between the levels.
template-birth-date = Date of birth: like 1991-05-04.
template-quota = Outside quota: “yes” for those who are ranked but use up no award.
template-yes = yes
template-no = no
template-man = male
template-woman = female
template-example-name = Wang Fang (example)
column-entrant = Entrant ID
column-number = Employee number
column-name = Name
column-unit = Unit
column-team = Team
column-event = Event
column-group = Group
column-station = Station
column-birth-date = Date of birth
column-gender = Gender
column-quota = Outside quota
column-phone = Phone

# Lists as spreadsheets.
list-award = Award
list-proposals = Proposals
list-entrants = Entrants
list-basis = Basis
