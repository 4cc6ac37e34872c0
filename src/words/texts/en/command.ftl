# Command line

command-ok = { $file }: ok ({ $title })
command-unreadable = { $file }: cannot be read: { $reason }
command-bank-wrong = { $file }: the bank has { $count } problems, so its size was not looked at. Mend them first.
serve-no-contests = There is no folder { $folder }: no definitions to choose from, and certificates use the built-in templates. For your own give --contests FOLDER.
serve-served-already = The data folder { $folder } is served by another leitai already. Stop that one first; for several at once use PostgreSQL (--database).
