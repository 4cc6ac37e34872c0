# Kinds of items, difficulties, keys.
item-kind-single = single choice
item-kind-multiple = multiple choice
item-kind-true-false = true/false
item-kind-fill-in = fill-in
item-kind-number = number
item-kind-ordering = ordering
item-kind-matching = matching
item-kind-find-fix = find-and-fix
item-kind-hazards = hazards
item-easy = easy
item-medium = medium
item-hard = hard
item-true = true
item-false = false

# What keeps an item from being asked.
item-stem-missing = There is no stem. Please write one.
item-too-few-options = Too few options. At least { $least } are needed.
item-too-many-options = Too many options. At most { $most } are possible.
item-option-empty = Option { $option } is empty, and others follow. Fill it in, or move them up.
item-option-twice = “{ $text }” stands twice. Make them different.
item-key-out-of-range = The key is { $option }, and there is no such option. Correct the key, or add the option.
item-key-missing = There is no key. Please fill it in.
item-key-not-an-order = The key names each option once, for example BDAC.
item-bounds-crossed = The lower bound lies above the upper one. Write “low~high”.
item-fault-misplaced = Fault { $part } does not stand in the text, or overlaps another one. Please check.
item-fault-changes-nothing = Fault { $part } reads the same after its correction. Write the right words.
item-picture-missing = There is no picture. Write the name of its file.
item-description-missing = There is no description. Write in “Material” what the picture shows, for those who cannot see it.
item-region-misplaced = Region { $part } lies outside the picture or has no area. Numbers are per cent of its width and height, 0 to 100.

# What an import of items found.
items-no-header = No heading was found. One row must have headings, at least “Stem” and “Key”. You can download the template.
items-none = No items were found.
items-too-many = There are more than { $most } items. Import them in several files.
items-text-too-large = The text is larger than { $most } MB. Paste it in parts.
items-unknown-kind = There is no kind “{ $text }”. Possible: single choice, multiple choice, true/false, fill-in, number, ordering, matching, find-and-fix, hazards.
items-kind-unclear = The kind is not clear. Write the key, or a line with the kind above, for example “single choice”.
items-unknown-difficulty = “{ $text }” is not a difficulty. Write easy, medium or hard.
items-points = Points are above 0 and at most 1000.
items-not-an-id = “{ $text }” cannot be an id. Ids have letters, digits and - _ . only, at most 60.
items-id-twice = The id “{ $text }” is used in row { $row } already. Write another one.
items-id-of-other-kind = The bank's item “{ $text }” is of the kind { $kind }. A kind cannot change; write another id.
items-same-as-row = This is the same question as in row { $row }. Delete one of them.
items-same-as-bank = The bank has this question already (“{ $text }”). Delete the row; to change it, write that id.
items-stem-as-row = The stem is that of row { $row } with other options. It was read; please check.
items-stem-as-bank = The stem is that of “{ $text }” in the bank with other options. It was read; please check.
items-key-not-letters = The key “{ $text }” is not letters of options. Write letters, for example B or ABD.
items-key-twice = The key has { $text } twice. Take one away.
items-key-several = A single choice has one right option, and here stands “{ $text }”. Correct the key, or make it a multiple choice.
items-key-not-true-or-false = The key “{ $text }” is not clear. Write “true” or “false”.
items-key-not-a-number = “{ $text }” is not a key of a number. Write 50, 50±2 or 48~52, and the unit in the stem.
items-key-negative-tolerance = A tolerance is not below 0. Write it like 50±2.
items-key-unused = The key of a matching stands in its options (left=right); leave “Key” empty.
items-options-unused = The kind { $kind } has no options. Clear them, or correct the kind.
items-material-unused = The kind { $kind } does not use “Material”; it was not read.
items-no-gap = The stem has no gap. Write four underscores ____ for each.
items-gaps-differ = The stem has { $stem } gaps and the key has { $key }. Put “;” between the keys of gaps.
items-gap-empty = The key of gap { $gap } is empty. Fill it in, or take away a “|”.
items-pair-without-sign = Option { $text } has no “=”. Options of a matching are written “left=right”.
items-pair-half = Option { $text } has one side only. Options of a matching are written “left=right”.
items-fix-without-arrow = There is no “→” in “{ $text }”. Write “wrong→right”, with “;” between several.
items-fix-empty = The right words for “{ $text }” are missing. Write “wrong→right”.
items-word-not-there = “{ $text }” does not stand in “Material”. Write the wrong words exactly as there.
items-word-several-times = “{ $text }” stands { $count } times in “Material”. Write more of it, or “{ $text }#2→right” for the second time.
items-no-such-occurrence = “{ $text }” stands { $count } times in “Material”; there is no time { $nth }.
items-fixes-overlap = It overlaps the fault “{ $text }”. Make them one.
items-material-missing = There is no text. Write in “Material” what has the mistakes.
items-region-not-read = The region “{ $text }” cannot be read. Write “rectangle x,y,width,height title”, “circle x,y,radius title” or “polygon x1,y1 x2,y2 x3,y3 title”.
items-region-without-title = The region “{ $text }” has no title. Write the hazard behind the numbers, for example “circle 36,61,5 no face shield”.
items-unknown-picture = There is no picture “{ $text }”. Upload it first, or correct the name.
items-example-row = An example of the template; not read.
items-loose-text = “{ $text }” belongs to no item and was not read.
items-gift-unclosed = There is no “{"}"}” to the “{"{"}”. Please add it.
items-gift-no-answers = There are no answers. Write them between “{"{"}” and “{"}"}”.
items-gift-essay = Essays cannot be marked by a program and are not imported. Delete it.
items-gift-html = HTML is not read. Export plain text.
items-gift-several-numbers = A number has one answer or range.
items-gift-nothing-right = No option is right. Write “=” before the right one.
items-aiken-no-answer = There is no line “ANSWER:”. Please add the key.
items-aiken-stray = “{ $text }” is neither the next option nor “ANSWER:”. Options stand on a line each, in the order A. B. C.

# The template of a bank.
items-sheet = Bank
items-help = How to fill it in
items-column-id = Id
items-column-kind = Kind
items-column-subject = Subject
items-column-difficulty = Difficulty
items-column-stem = Stem
items-column-material = Material
items-column-picture = Picture
items-column-option = Option { $letter }
items-column-key = Key
items-column-points = Points
items-column-explanation = Explanation
items-help-fill = One row for each item; columns with * are needed (the key of a matching stays empty). Rows whose id begins with “示例” are not imported.
items-help-id = Letters, digits and - _ ., each once; numbered by itself when empty. An id that the bank has changes that item.
items-help-material = Find-and-fix: the text with the mistakes. Hazards: what the picture shows, without naming the hazards.
items-help-picture = The name of the picture's file, for example welding.svg. Upload pictures to the bank first.
items-help-points = For papers that say nothing of points; may stay empty.
items-help-escape = To write ; | = → # as text in a key, put a backslash \ before it.
items-help-single = One letter, for example B.
items-help-multiple = Several letters, for example ABD.
items-help-true-false = true or false; also √, ×, T, F.
items-help-fill-in = Write ____ for each gap in the stem. Put “;” between the keys of gaps and “|” between several for one gap; begin with “不分顺序：” when gaps may be filled in any order.
items-help-number = 50 or 50±2 or 48~52; the unit stands in the stem.
items-help-ordering = Options in any order; the key is the right order, for example BDAC.
items-help-matching = Each option is “left=right”; the key stays empty.
items-help-find-fix = wrong→right|also right; wrong→right. Wrong words stand exactly so in the material; “wrong#2→right” is the second time.
items-help-hazards = rectangle x,y,width,height title; circle x,y,radius title; polygon x1,y1 x2,y2 x3,y3 title. Numbers are per cent of the picture's width and height from the upper left; a radius is per cent of the width.
items-example-subject = safety
items-example-explanation = What is shown after closing.
items-example-single = Live electrical equipment is on fire. What may be used?
items-example-single-options = water/foam/carbon dioxide/a wet blanket
items-example-multiple = Somebody gets an electric shock. What can you do?
items-example-multiple-options = switch off the power/move the wire with a dry stick/pull with bare hands/pull with a wet towel
items-example-true-false = Work at height needs a safety harness.
items-example-fill-in = Fire needs fuel, ____ and ____.
items-example-gaps = oxygen|an oxidiser/heat|ignition
items-example-number = How many chest compressions a minute does an adult need?
items-example-ordering = Put the steps of using a powder extinguisher in order.
items-example-ordering-options = aim at the base/lift and shake it/press the handle/pull the pin
items-example-matching = Match safety colours and meanings.
items-example-pairs = red=prohibited/yellow=warning/blue=mandatory
items-example-find-fix = Some things in this rule are wrong. Find and mend them.
items-example-text = Oxygen and acetylene stand 2 m apart at least. Acetylene is used lying.
items-example-fix = 2 m/5 m|five metres/lying/upright|standing
items-example-hazards = Click the hazards in the picture.
items-example-description = A worker is welding with a bare face; two cylinders stand side by side.
items-example-regions = no face shield/cylinders too close

# What keeps a picture from being taken.
items-picture-name = “{ $name }” cannot be a picture's file name. Use letters, digits, spaces and - _ . ( ), 80 characters at most.
items-picture-kind = “{ $name }” is no SVG, PNG or JPEG picture; it was not taken.
items-picture-other-kind = What is in “{ $name }” is not what its ending says; it was not taken. Give it the right ending.
items-picture-large = “{ $name }” has more than { $what } KB; it was not taken. Make it smaller.
items-picture-no-size = “{ $name }” says no size; it was not taken. An SVG needs a viewBox.
items-picture-narrow = “{ $name }” is too narrow or too flat: the long side may be 8 times the short one; it was not taken.
items-picture-not-xml = “{ $name }” is no complete SVG; it was not taken. Export it again.
items-picture-harm = “{ $name }” contains what is not allowed: { $what }. An SVG has shapes and text only, no scripts, links, outside pictures or style sheets; it was not taken.
